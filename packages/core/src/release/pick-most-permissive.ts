import { RELEASE_MASKS, type ReleaseEffect, type ReleaseMask } from "./release-rule.ts";

interface Verdict {
  readonly effect: ReleaseEffect;
  readonly mask: ReleaseMask | null;
}

const PERMISSIVENESS: Record<ReleaseEffect, number> = { deny: 0, mask: 1, release: 2 };

/** Which of two gives more: by effect, then by mask. Negative where the left one gives less. */
export function compareRelease(left: Verdict, right: Verdict): number {
  return PERMISSIVENESS[left.effect] - PERMISSIVENESS[right.effect] || rank(left.mask) - rank(right.mask);
}

function rank(mask: ReleaseMask | null): number {
  return mask === null ? 0 : RELEASE_MASKS.indexOf(mask);
}

/** Of the verdicts for several purposes the one that gives most: each purpose by itself permits what it permits. Undefined for none. */
export function pickMostPermissive<Candidate extends Verdict>(verdicts: readonly Candidate[]): Candidate | undefined {
  return verdicts.reduce<Candidate | undefined>(
    (most, candidate) => (most === undefined || compareRelease(candidate, most) > 0 ? candidate : most),
    undefined,
  );
}
