import type { ConnectorTraitsV1 } from "@volenti/core/adapter";
import type { OptionalFacet } from "../conformance-case.ts";

/** What became of every case. Holds no times and no random text: the same connector gives the same report. */
export interface ConformanceReport {
  readonly harness: string;
  readonly connectorId: string;
  readonly facets: readonly OptionalFacet[];
  readonly traits: ConnectorTraitsV1;
  readonly cases: readonly CaseResult[];
}

export type CaseResult =
  | { readonly id: string; readonly outcome: "passed" }
  | { readonly id: string; readonly outcome: "skipped"; readonly reason: string }
  /** `reason` says what was promised and seen. */
  | { readonly id: string; readonly outcome: "failed"; readonly reason: string };
