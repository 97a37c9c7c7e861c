import type { CallEstimateRequestV1, CallEstimateV1 } from "./call-estimate-v1.ts";
import type { ChangeFeedFacetV1 } from "./change-feed-facet-v1.ts";
import type { CheckpointsFacetV1 } from "./checkpoints-facet-v1.ts";
import type { ConnectionReportV1 } from "./connection-report-v1.ts";
import type { ConnectorContextV1 } from "./connector-context-v1.ts";
import type { ContractTestReportV1 } from "./contract-test-report-v1.ts";
import type { CustodyFacetV1 } from "./custody-facet-v1.ts";
import type { ErasureFacetV1 } from "./erasure-facet-v1.ts";
import type { FollowUpReportV1, FollowUpsFacetV1 } from "./follow-ups-facet-v1.ts";
import type { IntakeFacetV1 } from "./intake-facet-v1.ts";
import type { LedgerFacetV1 } from "./ledger-facet-v1.ts";
import type { LinkingFacetV1 } from "./linking-facet-v1.ts";
import type { OverviewFacetV1 } from "./overview-facet-v1.ts";
import type { PopulationFacetV1 } from "./population-facet-v1.ts";
import type { ProvisioningFacetV1 } from "./provisioning-facet-v1.ts";
import type { ConsentFacetV1, ConsentHistoryFacetV1, ProfilesFacetV1 } from "./read-facets-v1.ts";
import type { RecordIdsFacetV1 } from "./record-ids-facet-v1.ts";
import type { RewrappingFacetV1 } from "./rewrapping-facet-v1.ts";
import type { ConnectorTraitsV1 } from "./traits-v1.ts";

/**
 * One of the brand's systems. What it can do at all is a member that is present; how well is a trait.
 * Making a connector does no I/O: the first call does, after core has attached it.
 */
export interface ConnectorV1 {
  readonly specificationVersion: "v1";
  /** The kind of system, for errors and reports: `regional-store`, `salesforce`. */
  readonly connectorId: string;
  /** Where its data lies: ISO 3166-1 alpha-2, or `EU`. */
  readonly region: string;
  /** The mechanism under which data of people outside the region may be copied here (`standardContractualClauses`). */
  readonly transferMechanism?: string | undefined;
  readonly traits: ConnectorTraitsV1;
  readonly intake: IntakeFacetV1;
  readonly consent: ConsentFacetV1;
  readonly profiles: ProfilesFacetV1;
  readonly ledger?: LedgerFacetV1 | undefined;
  readonly consentHistory?: ConsentHistoryFacetV1 | undefined;
  readonly erasure?: ErasureFacetV1 | undefined;
  readonly provisioning?: ProvisioningFacetV1 | undefined;
  readonly changeFeed?: ChangeFeedFacetV1 | undefined;
  readonly linking?: LinkingFacetV1 | undefined;
  /** Beside `ledger` only: what is kept about how a person is treated. */
  readonly custody?: CustodyFacetV1 | undefined;
  readonly population?: PopulationFacetV1 | undefined;
  readonly overview?: OverviewFacetV1 | undefined;
  /** Beside `ledger` and `consentHistory` only. */
  readonly checkpoints?: CheckpointsFacetV1 | undefined;
  /** Beside `ledger` only: what other destinations have to do later. */
  readonly followUps?: FollowUpsFacetV1 | undefined;
  /** Beside `ledger` only: where other destinations hold a person. */
  readonly recordIds?: RecordIdsFacetV1 | undefined;
  /** Of a system that has the keyring wrap data keys. */
  readonly rewrapping?: RewrappingFacetV1 | undefined;
  /** Called once, before any other method, without I/O. */
  attach(context: ConnectorContextV1): void;
  /** Reaches the system. Rejects with a `ConnectorError` when it cannot; never answers from memory. */
  checkConnection(): Promise<ConnectionReportV1>;
  /**
   * Only whether the system takes the login, for a system whose calls are scarce: what `volenti collect` asks before the
   * first line in the place of `checkConnection`. Rejects as that does; costs nothing of a call budget, and where there is
   * none one call.
   */
  checkAccess?(): Promise<void>;
  /**
   * Proves what only a write can prove, a guard of the server's above all. May write records of its own and removes them,
   * also where it fails half-way; never touches a person's. Asked by `volenti doctor` alone, after `checkConnection`, and
   * never by `health()`. What it could not prove is a finding; rejects only where the system could not be asked.
   */
  selfTest?(): Promise<ConnectionReportV1>;
  /**
   * Finds out what the vendor does not document: which of the connector's options this one system asks for, and what it
   * loses. May leave records of its own behind where the system cannot remove them, then as closed as it can make them;
   * never touches a person's. Asked by hand alone, `volenti doctor --contract-tests`, after a `checkConnection` without
   * errors. What it found is a finding; rejects only where the system could not be asked to the end.
   */
  contractTests?(): Promise<ContractTestReportV1>;
  /**
   * Does what the connector planned for later in the context's `followUps` and is due by now, whichever process planned it:
   * at the end of `volenti collect`, and by `volenti reassert`. Rejects where the ledger cannot be asked. Only of a connector
   * that plans such.
   */
  settleFollowUps?(request: { signal?: AbortSignal | undefined }): Promise<FollowUpReportV1>;
  /** What so much would cost of a budget of calls. Pure: by what is configured, without I/O, before `attach` too. */
  estimateCalls?(request: CallEstimateRequestV1): CallEstimateV1;
  /** Ends every connection and timer that the connector opened itself. Safe to call twice, and before the first use. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
