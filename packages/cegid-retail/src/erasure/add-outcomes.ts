import type { ErasureOutcomeV1 } from "@volenti/core/adapter";

/** One row a kind. Where records of a kind fared differently, what was retained is told: it is what somebody has to know of. */
export function addOutcomes(outcomes: readonly ErasureOutcomeV1[]): readonly ErasureOutcomeV1[] {
  if (outcomes.length === 0) return [{ kind: "profile", outcome: "notFound", count: 0 }];
  const kinds = Map.groupBy(outcomes, ({ kind }) => kind);
  return [...kinds].map(([kind, rows]) => {
    const retained = rows.filter(({ outcome }) => outcome === "retained");
    const told = retained.length > 0 ? retained : rows;
    const reason = told[0]?.reason;
    const count = told.reduce((total, row) => total + row.count, 0);
    return { kind, outcome: retained.length > 0 ? "retained" : "erased", count, ...(reason === undefined ? {} : { reason }) };
  });
}
