import type { ErasureOutcomeV1 } from "@volenti/core/adapter";

/** What became of a kind of record of which none is retained. */
export function toOutcome(request: { kind: string; count: number }): ErasureOutcomeV1 {
  return { ...request, outcome: request.count === 0 ? "notFound" : "erased" };
}

/** A kind of which some or all stay; the count is of those that stay. */
export function toRetained(request: { kind: string; count: number; reason: string; until?: string | undefined }): ErasureOutcomeV1 {
  const { kind, count, reason, until } = request;
  if (count === 0) return { kind, outcome: "notFound", count };
  return { kind, outcome: "retained", count, reason, ...(until === undefined ? {} : { until }) };
}
