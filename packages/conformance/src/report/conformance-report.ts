import type { ConnectorTraitsV1 } from "@volenti/core/adapter";
import type { OptionalFacet } from "../conformance-case.ts";

/** What became of every case. Holds no times and no random text: the same connector gives the same report. */
export interface ConformanceReport {
  /** The harness's own name for itself. */
  readonly harness: string;
  /** As the connector names itself. */
  readonly connectorId: string;
  /** The optional facets that the connector has. */
  readonly facets: readonly OptionalFacet[];
  readonly traits: ConnectorTraitsV1;
  /** In the order of the kit, skipped ones included. */
  readonly cases: readonly CaseResult[];
}

/** What became of one case of the kit. */
export type CaseResult =
  /** `bounded`: what of it was left out because the harness says that its system is slow. */
  | { readonly id: string; readonly outcome: "passed"; readonly bounded?: readonly string[] }
  | { readonly id: string; readonly outcome: "skipped"; readonly reason: string }
  /** `reason` says what was promised and seen. */
  | { readonly id: string; readonly outcome: "failed"; readonly reason: string };

/** A case that was passed, and how far it went. */
export function toPassed(request: { id: string; bounded: readonly string[] }): CaseResult {
  const { id, bounded } = request;
  return bounded.length === 0 ? { id, outcome: "passed" } : { id, outcome: "passed", bounded };
}
