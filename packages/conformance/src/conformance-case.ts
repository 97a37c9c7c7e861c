import type { ConnectorTraitsV1, ConnectorV1 } from "@volenti/core/adapter";
import type { ConformanceFaultName, ConformanceHarness } from "./conformance-harness.ts";
import type { CaseContext } from "./run/case-context.ts";

/** The members of a connector that may be absent. */
export type OptionalFacet = "ledger" | "consentHistory" | "erasure" | "provisioning" | "changeFeed" | "custody" | "population" | "overview" | "rewrapping" | "recordIds" | "checkpoints" | "followUps";

/** One promise of the contract, as data: any runner can run it. */
export interface ConformanceCase {
  /** `group/what-holds`, unique and stable: reports and mutants name it. */
  readonly id: string;
  /** The promise as a sentence. */
  readonly title: string;
  /** Skipped where the connector lacks the facet. */
  readonly facet?: OptionalFacet | undefined;
  /** Skipped where the harness cannot cause the failure. */
  readonly fault?: ConformanceFaultName | undefined;
  /** The reason for which the case does not apply; undefined where it does. Only traits, facets and the probe may decide. */
  readonly skip?: ((subject: SkipSubject) => string | undefined) | undefined;
  /** Throws where the promise is not kept. */
  run(context: CaseContext): Promise<void>;
}

/** What a case looks at to say whether it applies. */
export interface SkipSubject {
  readonly traits: ConnectorTraitsV1;
  readonly connector: ConnectorV1;
  readonly harness: ConformanceHarness;
}
