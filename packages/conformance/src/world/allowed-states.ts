import { compareConsentStates, foldConsentStates, isGrant, type ConnectorTraitsV1, type ConsentState } from "@volenti/core/adapter";

/**
 * What may stand after items that arrived one after the other: by consent key, every state that the trait `decisionTies`
 * allows. One a key where ids are compared; several only where refusals or endings of one instant met.
 */
export function allowedStates(request: {
  /** Of each item, in the order of arrival: the states of its decisions, not folded. */
  arrivals: readonly (readonly ConsentState[])[];
  traits: ConnectorTraitsV1;
}): ReadonlyMap<string, readonly ConsentState[]> {
  const { arrivals, traits } = request;
  if (traits.decisionTies !== "keepsFirstGrant") {
    return new Map([...foldConsentStates(arrivals.flat())].map(([key, state]) => [key, [state]]));
  }
  const allowed = new Map<string, readonly ConsentState[]>();
  for (const states of arrivals) {
    // Core folds an item by id before any system sees it.
    for (const [key, arriving] of foldConsentStates(states)) allowed.set(key, meet({ standing: allowed.get(key) ?? [], arriving }));
  }
  return allowed;
}

/** Whether two states are of one rank at one instant, so that only their ids tell which is greater. */
export function areTied(left: ConsentState, right: ConsentState): boolean {
  return left.effectiveAt === right.effectiveAt && isGrant(left.status) === isGrant(right.status);
}

function meet(request: { standing: readonly ConsentState[]; arriving: ConsentState }): readonly ConsentState[] {
  const { standing, arriving } = request;
  const [first] = standing;
  if (first === undefined) return [arriving];
  if (!areTied(first, arriving)) return compareConsentStates(arriving, first) > 0 ? [arriving] : standing;
  const isKnown = standing.some(({ decisionId }) => decisionId === arriving.decisionId);
  return isGrant(arriving.status) || isKnown ? standing : [...standing, arriving];
}
