import type { ErasureLog, SubmissionPreview, Volenti } from "@volenti/core";
import { listAccesses, type AuditEntry, type AuditRequest } from "./access/list-accesses.ts";
import { UNKNOWN_VIEWER, type Viewer } from "./access/viewer.ts";
import type { ContactsReport, ContactsRequest } from "./contacts/contacts-report.ts";
import { surveyContacts } from "./contacts/survey-contacts.ts";
import { erasePerson, type ErasureRequest } from "./erase/erase-person.ts";
import { eraseRefs, type RefErasureRequest } from "./erase/erase-refs.ts";
import { eraseTestPeople } from "./erase/erase-test-people.ts";
import type { ErasureReport } from "./erase/erasure-report.ts";
import { replayErasures, requireErasureLog } from "./erase/replay-erasures.ts";
import type { ReplayedErasure } from "./erase/replay-report.ts";
import { exportPerson, type ExportRequest } from "./export/export-person.ts";
import type { ExportReport } from "./export/portability-export.ts";
import { importRows, type ImportRequest } from "./import/import-rows.ts";
import type { ImportedRow } from "./import/merge-results.ts";
import { previewRows } from "./import/preview-rows.ts";
import { rewrapKeys } from "./keys/rewrap-keys.ts";
import type { RewrapReport, RewrapRequest } from "./keys/rewrap-report.ts";
import { linkCustomers } from "./link/link-customers.ts";
import type { LinkingReport, LinkingRequest } from "./link/linking-report.ts";
import type { CheckpointReport, CheckpointRequest } from "./proof/checkpoint-report.ts";
import { exportReceipt, type ReceiptExport, type ReceiptExportRequest } from "./proof/export-receipt.ts";
import { makeCheckpoint } from "./proof/make-checkpoint.ts";
import { proveConsistency, proveDecision, type ConsistencyProof, type LogProof } from "./proof/prove-decision.ts";
import { assembleBreachPack } from "./records/assemble-breach-pack.ts";
import { assembleRecords } from "./records/assemble-records.ts";
import type { BreachPack, BreachRequest } from "./records/breach-pack.ts";
import type { ProcessingRecords } from "./records/processing-records.ts";
import type { InformationNotice, InformationRequest } from "./notice/information-notice.ts";
import { renderNotice } from "./notice/render-notice.ts";
import type { ReconsentReport, ReconsentRequest } from "./reconsent/reconsent-report.ts";
import { runReconsent } from "./reconsent/run-reconsent.ts";
import type { RetentionReport, RetentionRequest } from "./retention/retention-report.ts";
import { runRetention } from "./retention/run-retention.ts";
import { createHolds, type Holds } from "./rights/hold/create-holds.ts";
import { createRights, type Rights } from "./rights/create-rights.ts";
import { mergePeople, type MergeRequest } from "./merge/merge-people.ts";
import type { MergeReport } from "./merge/merge-report.ts";
import { createMemoryAttemptLimiter } from "./release/memory-attempt-limiter.ts";
import { releasePerson } from "./release/release-person.ts";
import type { ReleaseReport, ReleaseRequest } from "./release/release-report.ts";
import { showPerson, type ShowRequest } from "./show/show-person.ts";
import { assembleStatistics } from "./statistics/assemble-statistics.ts";
import type { StatisticsReport, StatisticsRequest } from "./statistics/statistics-report.ts";
import type { UnifiedView } from "./show/unified-view.ts";
import type { DestinationReport, DestinationRequest, ReceiptReport, ReceiptRequest } from "./verify/verification-report.ts";
import { verifyDestination } from "./verify/verify-destination.ts";
import { verifyReceiptText } from "./verify/verify-receipt-text.ts";

/** What a controller answers for, over every destination of a configuration. Keeps nothing. */
export interface Governance {
  /**
   * One person over all destinations. A destination that cannot be read, or where several people match, is listed as
   * such and never looks empty. On record in the ledger that holds the person before it is answered. Rejects with a
   * `ConnectorError`: `invalidInput` for a malformed identifier and for a reason that is required and lacking, and the
   * ledger's own where the look could not be put on record.
   */
  show(request: ShowRequest): Promise<UnifiedView>;
  /** Verifies a receipt with public keys and nothing else: offline. Never rejects for what the receipt says. */
  verify(request: ReceiptRequest): Promise<ReceiptReport>;
  /**
   * Verifies every decision that a destination keeps (hashes, proofs, signatures, chains, the columns that repeat the
   * record), what stands for each person by them, and where the store says that each chain ends; streaming. A store that
   * is written to meanwhile gives no finding. Rejects with a `ConnectorError`: `unsupported` where the destination keeps
   * no history, `invalidInput` for an unknown destination, and the destination's own when it could not be read to the end.
   */
  verify(request: DestinationRequest): Promise<DestinationReport>;
  /**
   * Gives every new decision of a ledger its place in the ledger's log, signs a tree over all places, keeps it, and
   * publishes it to every anchor. Nothing is signed or published where it would not extend what was before (`refused`).
   * Costs what is new; two runs that race do no harm. Rejects with a `ConnectorError`: `unsupported` where the destination
   * keeps no log, `conflict` (`logBroken`) where a new place is not what the decision's row says.
   */
  checkpoint(request: CheckpointRequest): Promise<CheckpointReport>;
  /**
   * A receipt in the formats of others, with the records that it proves. Reads a destination's history until they are found.
   * Rejects with a `ConnectorError` `invalidInput` (`recordsMissing`) where one is not there.
   */
  exportReceipt(request: ReceiptExportRequest): Promise<ReceiptExport>;
  /** That a decision is under the last checkpoint; null where none covers it. Reads the whole log. */
  proveDecision(request: { destinationId: string; decisionId: string }): Promise<LogProof | null>;
  /** That the last checkpoint extends the log's first `size` places. Reads the whole log. */
  proveConsistency(request: { destinationId: string; size: number }): Promise<ConsistencyProof>;
  /**
   * Erases a person in every destination that holds them: copies abroad first, then other copies, then what the law wants
   * kept locally, and the ledgers last, which are left as they are while a copy remains that may still be erased. What a
   * hold is about is kept: everything, or some attributes, and then all others are cleared and consents refused. Nothing
   * is erased while a ledger cannot say whether a hold stands. What is about to be erased is written to the erasure log
   * first. A failure is reported and stops nobody else. Idempotent.
   */
  erase(request: ErasureRequest): Promise<ErasureReport>;
  /**
   * The same for somebody who is known by ref alone, in the destinations that the caller names. Rejects with a
   * `ConnectorError` `invalidInput` for an unknown destination.
   */
  eraseRefs(request: RefErasureRequest): Promise<ErasureReport>;
  /**
   * Does every erasure of a log again, after the restore of an older backup and before traffic opens. Yields an answer an
   * erasure, in the order of the log; safe to run again. Rejects where there is no log, or it cannot be read to the end.
   */
  replayErasures(request: { log?: ErasureLog | undefined }): AsyncGenerator<ReplayedErasure, void, undefined>;
  /**
   * What a partner, a destination or a till may be given of one person now, attribute by attribute, by the release policy.
   * On record in the ledger that holds the person before it is answered. Rejects as `show` does, and with `invalidInput` for
   * an unknown recipient or purpose. A till is never told whether anybody is known: not by an error either.
   */
  release(request: ReleaseRequest): Promise<ReleaseReport>;
  /**
   * Delivers earlier consents and profiles, a result a row, in order; streams. A grant without its whole proof is not
   * recorded, a refusal always is. The same row again changes nothing. Nobody comes back who was erased.
   */
  importRows(request: ImportRequest): AsyncGenerator<ImportedRow, void, undefined>;
  /** What would become of each row, as for people not yet known. Contacts nobody, writes nothing. */
  previewImport(request: Pick<ImportRequest, "map" | "rows">): AsyncGenerator<SubmissionPreview, void, undefined>;
  /** Removes every test person from every destination, decisions included. */
  eraseTest(): Promise<ErasureReport>;
  /**
   * Matches the customers whom a destination held before us to the people of our submissions: each is given the ref that
   * a submission of that customer would be given, by the same ledger or the same digest. Duplicates in the system and
   * customers who are two people by their identifiers are told and never linked; no ref is overwritten.
   *
   * Looks at everybody first, by reading alone (a ledger is searched once an identifier), then lists again and links.
   * Holds under 100 bytes a customer meanwhile, and no value. Idempotent: an interrupted run is run again. Rejects with a
   * `ConnectorError`: `unsupported` where the destination has no `linking`, `invalidInput` for an unknown destination,
   * and the failure of the system, or of a ledger, that could not be read to the end of the first look.
   */
  link(request: LinkingRequest): Promise<LinkingReport>;
  /**
   * Which keys wrap the data keys of every destination that encrypts, and with `apply` wraps those under retired keys anew. Holds a
   * page in memory; safe to run again, beside writers and erasures too. What failed or was left is in the report.
   */
  rewrapKeys(request: RewrapRequest): Promise<RewrapReport>;
  /** What people ask for by law: opened, verified, timed and answered. */
  readonly rights: Rights;
  /** Why a person may not be erased yet. */
  readonly holds: Holds;
  /**
   * What a person gave, to take along: on record before it is released, and nothing is where nobody or several people match or
   * a destination could not be read (`partial` releases the rest), nor before `rights.verifyIdentity` is content. Rejects as `show` does.
   */
  export(request: ExportRequest): Promise<ExportReport>;
  /**
   * Makes two people one in the ledger that holds both: their histories stay, and what either refuses is refused for the
   * survivor, recorded as `revoked` and delivered everywhere before anybody is merged. Idempotent. Rejects as `show` does.
   */
  merge(request: MergeRequest): Promise<MergeReport>;
  /**
   * The access log: who looked at whom, why, and at which attributes. Streams ledger by ledger, each in the order of time; a
   * ledger that could not be read is an entry of its own. Rejects with `invalidInput` for a malformed identifier only.
   */
  audit(request?: AuditRequest): AsyncGenerator<AuditEntry, void, undefined>;
  /**
   * What outlived its purpose, by the rule of docs/guides/retention-and-breaches.md, and with `apply` erases or masks it.
   * Streams: holds a few hundred people in memory. What failed or broke off is in the report, and is done by running again.
   */
  retention(request: RetentionRequest): Promise<RetentionReport>;
  /**
   * Whom a destination held in a window, what of them, and by when the law wants whom to be told. Streams. Rejects with a
   * `ConnectorError`: `unsupported` where nobody can say whom it holds, `invalidInput` for an unknown destination, and the
   * failure of whatever list broke off: half a list is no pack.
   */
  breach(request: BreachRequest): Promise<BreachPack>;
  /**
   * Counts by country, age band, year, purpose, channel and answer, in groups that name nobody. Streams. Rejects as `breach`
   * does, and with `invalidInput` for a minimum below 2.
   */
  statistics(request: StatisticsRequest): Promise<StatisticsReport>;
  /**
   * Invalid, missing, duplicate and inactive contacts of one destination; changes nothing. Rejects with `invalidInput`, and
   * where a list breaks off.
   */
  contacts(request: ContactsRequest): Promise<ContactsReport>;
  /**
   * Whose consent a notice, or the current version of a purpose, still covers, who has to be asked again, and who must not be.
   * Streams: holds some hundred people. Changes nothing. Rejects with a `ConnectorError` `invalidInput` for an unknown notice or
   * purpose; what could not be read is in the report.
   */
  reconsent(request: ReconsentRequest): Promise<ReconsentReport>;
  /**
   * What people are told about the use of their data, in one locale, from the configuration alone; what the law wants said and
   * nothing says is a gap of it. Throws a `ConnectorError` `invalidInput` for what is no locale or no country.
   */
  notice(request: InformationRequest): InformationNotice;
  /** The records of processing and the retention schedule, from the configuration alone. */
  records(): ProcessingRecords;
}

/** On whose behalf governance reads people: written into the access log of the ledgers that keep one. */
export interface GovernanceOptions {
  /** A login or a role. Default `unknown`. */
  readonly actor?: string | undefined;
  /** Why, in the actor's words. Default: what each operation is for, as a code (`subjectAccess`). */
  readonly reason?: string | undefined;
}

/** Governance over what a `Volenti` delivers to. Opens nothing: close the `Volenti`. */
export function createGovernance(volenti: Volenti, options: GovernanceOptions = {}): Governance {
  const viewer: Viewer = { actor: options.actor ?? UNKNOWN_VIEWER.actor, reason: options.reason ?? UNKNOWN_VIEWER.reason };
  const limiter = volenti.releasePorts.attemptLimiter ?? createMemoryAttemptLimiter();
  function verify(request: ReceiptRequest): Promise<ReceiptReport>;
  function verify(request: DestinationRequest): Promise<DestinationReport>;
  function verify(request: ReceiptRequest | DestinationRequest): Promise<ReceiptReport | DestinationReport> {
    return "receipt" in request
      ? verifyReceiptText({ volenti, receipt: request })
      : verifyDestination({ volenti, destination: request });
  }
  return {
    verify,
    release: (request) => releasePerson({ volenti, request, viewer, limiter }),
    show: (person) => showPerson({ volenti, person, viewer }),
    checkpoint: (checkpoint) => makeCheckpoint({ volenti, checkpoint }),
    exportReceipt: (request) => exportReceipt({ volenti, request }),
    proveDecision: (request) => proveDecision({ volenti, ...request }),
    proveConsistency: (request) => proveConsistency({ volenti, ...request }),
    erase: (erasure) => erasePerson({ volenti, erasure }),
    eraseRefs: (erasure) => eraseRefs({ volenti, erasure }),
    replayErasures: ({ log }) => replayErasures({ volenti, log: requireErasureLog({ volenti, log }) }),
    importRows: (request) => importRows({ volenti, request }),
    previewImport: (request) => previewRows({ volenti, request }),
    eraseTest: () => eraseTestPeople({ volenti }),
    export: (person) => exportPerson({ volenti, person, viewer }),
    merge: (merge) => mergePeople({ volenti, merge, viewer }),
    audit: (request = {}) => listAccesses({ volenti, audit: request }),
    rewrapKeys: (rewrap) => rewrapKeys({ volenti, rewrap }),
    link: (request) => linkCustomers({ volenti, request }),
    retention: (request) => runRetention({ volenti, request }),
    breach: (request) => assembleBreachPack({ volenti, request }),
    statistics: (request) => assembleStatistics({ volenti, request }),
    contacts: (request) => surveyContacts({ volenti, request }),
    reconsent: (request) => runReconsent({ volenti, request }),
    notice: (request) => renderNotice({ volenti, request }),
    records: () => assembleRecords(volenti),
    rights: createRights(volenti),
    holds: createHolds(volenti),
  };
}
