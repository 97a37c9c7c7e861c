import type { ErasureOutcomeV1 } from "@volenti/core/adapter";

/** What somebody has to know of first. */
const WORST = ["retained", "masked", "erased"] as const;

/** One row a kind. Where records of a kind fared differently, the worst is told. */
export function addOutcomes(outcomes: readonly ErasureOutcomeV1[]): readonly ErasureOutcomeV1[] {
  if (outcomes.length === 0) return [{ kind: "profile", outcome: "notFound", count: 0 }];
  const kinds = Map.groupBy(outcomes, ({ kind }) => kind);
  return [...kinds].map(([kind, rows]) => {
    const outcome = WORST.find((worst) => rows.some((row) => row.outcome === worst)) ?? "notFound";
    const told = rows.filter((row) => row.outcome === outcome);
    const reason = told[0]?.reason;
    const count = told.reduce((total, row) => total + row.count, 0);
    return { kind, outcome, count, ...(reason === undefined ? {} : { reason }) };
  });
}
