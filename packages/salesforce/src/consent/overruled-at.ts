import type { ConsentState } from "@volenti/core/adapter";

/**
 * From when on somebody else's opt-out flag refuses what a grant of its channel allows, epoch milliseconds; null for a
 * grant that is newer than the flag. Of a flag without a stamp nobody knows how old it is: it overrules every grant.
 */
export function overruledAt(request: { grant: Pick<ConsentState, "effectiveAt">; stamp: number | null }): number | null {
  const { grant, stamp } = request;
  if (stamp === null) return grant.effectiveAt;
  return grant.effectiveAt <= stamp ? stamp : null;
}
