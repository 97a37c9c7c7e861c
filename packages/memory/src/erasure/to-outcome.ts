import type { ErasureOutcomeV1 } from "@volenti/core/adapter";

/** What became of a kind of record of which none is retained. */
export function toOutcome(request: { kind: string; count: number }): ErasureOutcomeV1 {
  return { ...request, outcome: request.count === 0 ? "notFound" : "erased" };
}
