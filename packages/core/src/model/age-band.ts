/** How old a person is, without a birth date. */
export const AGE_BANDS = ["under13", "13-15", "16-17", "adult", "unknown"] as const;
/** How old a person is, as coarsely as the law asks. */
export type AgeBand = (typeof AGE_BANDS)[number];

const YOUNGEST: Record<AgeBand, number> = { under13: 0, "13-15": 13, "16-17": 16, adult: 18, unknown: 0 };

/** Whether a person of this band may be younger than the age: an unknown age may. */
export function mayBeBelow(request: { ageBand: AgeBand; age: number }): boolean {
  return YOUNGEST[request.ageBand] < request.age;
}
