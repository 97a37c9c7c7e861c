import type { ConsentFacetV1, ConsentState } from "@volenti/core/adapter";

/** People whose states are read in one call; so many are held in memory. */
const PEOPLE_A_CALL = 200;
/** People who are read at once where each costs a call of its own. */
const CALLS_AT_ONCE = 16;

/** How many people are best read together. */
export function peopleTogether(consent: ConsentFacetV1): number {
  return consent.listStatesOf === undefined ? CALLS_AT_ONCE : PEOPLE_A_CALL;
}

/** What stands for people, at most as many as {@link peopleTogether} says; who has no states may have no entry. */
export async function readStandingStates(request: {
  consent: ConsentFacetV1;
  subjectRefs: readonly string[];
}): Promise<ReadonlyMap<string, readonly ConsentState[]>> {
  const { consent, subjectRefs } = request;
  if (subjectRefs.length === 0) return new Map();
  if (consent.listStatesOf !== undefined) return consent.listStatesOf({ subjectRefs });
  return new Map(await Promise.all(subjectRefs.map(async (subjectRef) => [subjectRef, await consent.listStates({ subjectRef })] as const)));
}
