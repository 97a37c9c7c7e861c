import { endsPermission, isEnding, type ConsentState } from "@volenti/core/adapter";

/**
 * Whether a set opt-out flag is the mark of a refusal that stands, and so says nothing beyond it. One that had to be set
 * against a newer stamp bears the instant after all that was decided in its channel: see `intake/flag-changes.ts`. Where
 * nothing of the channel refuses, the flag is somebody else's, whatever its stamp: a grant leaves none set.
 */
export function isFlagOfDecision(request: {
  /** Epoch milliseconds; null for a flag that bears none. */
  stamp: number | null;
  channel: string;
  states: readonly Pick<ConsentState, "channel" | "status" | "effectiveAt">[];
}): boolean {
  const { stamp, states } = request;
  if (stamp === null) return false;
  const own = states.filter(({ channel }) => channel === request.channel);
  const refusals = own.filter(({ status }) => endsPermission(status) && !isEnding(status));
  if (refusals.length === 0) return false;
  return refusals.some(({ effectiveAt }) => effectiveAt === stamp) || own.some(({ effectiveAt }) => effectiveAt + 1 === stamp);
}
