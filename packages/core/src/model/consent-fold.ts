import { ANY_CHANNEL, type ConsentAnswer, type ConsentState } from "./consent-state.ts";
import { isEnding, isGrant } from "./consent-status.ts";

/**
 * The order of decisions: later `effectiveAt`, then refusal over grant, then the greater decision id.
 * Total over distinct ids, hence the fold (its maximum) gives one answer for any order of arrival and any
 * number of replays.
 */
export function compareConsentStates(
  left: Pick<ConsentState, "effectiveAt" | "status" | "decisionId">,
  right: Pick<ConsentState, "effectiveAt" | "status" | "decisionId">,
): number {
  if (left.effectiveAt !== right.effectiveAt) return left.effectiveAt - right.effectiveAt;
  const rank = Number(isGrant(right.status)) - Number(isGrant(left.status));
  if (rank !== 0) return rank;
  if (left.decisionId === right.decisionId) return 0;
  return left.decisionId > right.decisionId ? 1 : -1;
}

/** The greater of two states; either may be missing. */
export function greaterConsentState<State extends ConsentState>(
  left: State | undefined,
  right: State | undefined,
): State | undefined {
  if (left === undefined) return right;
  if (right === undefined) return left;
  return compareConsentStates(left, right) >= 0 ? left : right;
}

/** The key under which states are compared: one a purpose and channel. */
export function consentKey(state: Pick<ConsentState, "purpose" | "channel">): string {
  return `${state.purpose}\u0000${state.channel}`;
}

/** Folds states into the standing one a key. */
export function foldConsentStates(states: Iterable<ConsentState>): Map<string, ConsentState> {
  const standing = new Map<string, ConsentState>();
  for (const state of states) {
    const key = consentKey(state);
    const greater = greaterConsentState(standing.get(key), state);
    if (greater !== undefined) standing.set(key, greater);
  }
  return standing;
}

/** What stands for a channel: the greater of its own state and the purpose's `*`, so that a channel added later starts from `*`. */
export function standingFor(request: {
  standing: ReadonlyMap<string, ConsentState>;
  purpose: string;
  channel: string;
}): ConsentState | undefined {
  const { standing, purpose, channel } = request;
  return greaterConsentState(
    standing.get(consentKey({ purpose, channel })),
    standing.get(consentKey({ purpose, channel: ANY_CHANNEL })),
  );
}

/**
 * Reads a state: the greatest decision was taken first, and is looked at only now. A grant that has expired, or
 * whose purpose version the current one does not cover, is `unknown`; an earlier, longer grant does not come back.
 */
export function readConsent(request: {
  state: ConsentState | undefined;
  /** The current version of the state's purpose; undefined where the catalogue has no such purpose. */
  purpose: { readonly version: string; readonly covers: readonly string[] } | undefined;
  /** Epoch milliseconds. */
  now: number;
}): ConsentAnswer {
  const { state, purpose, now } = request;
  if (state === undefined || isEnding(state.status)) return "unknown";
  if (!isGrant(state.status)) return "refused";
  if (state.validUntil !== null && state.validUntil <= now) return "unknown";
  if (purpose === undefined) return "unknown";
  const covered = state.purposeVersion === purpose.version || purpose.covers.includes(state.purposeVersion);
  return covered ? "granted" : "unknown";
}
