import {
  ANY_CHANNEL,
  compareConsentStates,
  consentKey,
  foldConsentStates,
  isEnding,
  isGrant,
  isStanding,
  readConsent,
  standingFor,
  type Catalogue,
  type ConsentState,
} from "@volenti/core/adapter";
import type { ConsentKey } from "./opt-in-keys.ts";
import type { PurposeState } from "./purpose-state.ts";

/** What is known of one consent key once what arrives is held against what the record's texts say. */
export interface KnownState {
  /** `ended`: expired or invalidated. `lapsed`: a grant that has run out, or that its purpose's current version does not cover. */
  readonly answer: "granted" | "refused" | "ended" | "lapsed";
  readonly effectiveAt: number;
  /** Whether something that arrives says so, and not the record alone. */
  readonly arrived: boolean;
  /** Whether it is known to be the greatest that ever reached this record, as the key has a text of its own. */
  readonly exact: boolean;
}

export interface KnownStates {
  readonly of: (key: ConsentKey) => KnownState | null;
  /**
   * The greatest of each key that arrives, but for those that are less than the record's own text of it, or than what the
   * route's ledger has; in the order of their keys.
   */
  readonly standing: readonly ConsentState[];
}

/**
 * Neutral states say nothing, and are left out. A refusal gives way to what the ledger has only where that permits now: any
 * other may not have reached Y2 yet, and a no is not to wait for it.
 */
export function learnStates(request: {
  catalogue: Catalogue;
  states: readonly ConsentState[];
  /** What the route's ledger knew before. */
  standing?: readonly ConsentState[] | undefined;
  recorded: ReadonlyMap<string, PurposeState>;
  /** A customer who is yet to be created has no past. */
  isNew: boolean;
  /** Epoch milliseconds. */
  now: number;
}): KnownStates {
  const { catalogue, recorded, isNew, now } = request;
  const arriving = foldConsentStates(request.states.filter(({ status }) => isStanding(status)));
  const ledger = foldConsentStates((request.standing ?? []).filter(({ status }) => isStanding(status)));
  const loses = (state: ConsentState): boolean => {
    const stored = recordedFor({ recorded, key: state });
    if (stored !== undefined && compareConsentStates(stored, state) > 0) return true;
    const stands = standingFor({ standing: ledger, ...state });
    if (stands === undefined || compareConsentStates(stands, state) <= 0) return false;
    return isGrant(state.status) || judge({ state: stands, catalogue, now }) === "granted";
  };
  return {
    of: (key) => {
      const arrival = standingFor({ standing: arriving, ...key });
      const stored = recordedFor({ recorded, key });
      // What `*` says of a channel is no more than that: decisions of the channel alone are not in its text.
      const exact = isNew || recorded.has(consentKey(key));
      if (arrival !== undefined && !loses({ ...arrival, ...key })) {
        return { answer: judge({ state: arrival, catalogue, now }), effectiveAt: arrival.effectiveAt, arrived: true, exact };
      }
      const stands = standingFor({ standing: ledger, ...key });
      if (stands !== undefined && (stored === undefined || compareConsentStates(stands, stored) > 0)) {
        return { answer: judge({ state: stands, catalogue, now }), effectiveAt: stands.effectiveAt, arrived: false, exact };
      }
      return stored === undefined ? null : { answer: judgeRecorded(stored), effectiveAt: stored.effectiveAt, arrived: false, exact };
    },
    standing: [...arriving.values()].filter((state) => !loses(state)).toSorted((left, right) => (consentKey(left) < consentKey(right) ? -1 : 1)),
  };
}

function recordedFor(request: { recorded: ReadonlyMap<string, PurposeState>; key: ConsentKey }): PurposeState | undefined {
  const { recorded, key } = request;
  const own = recorded.get(consentKey(key));
  const any = recorded.get(consentKey({ purpose: key.purpose, channel: ANY_CHANNEL }));
  if (own === undefined || any === undefined) return own ?? any;
  return compareConsentStates(own, any) >= 0 ? own : any;
}

function judge(request: { state: ConsentState; catalogue: Catalogue; now: number }): KnownState["answer"] {
  const { state, catalogue, now } = request;
  const purpose = catalogue.purposes.find(({ key, current }) => current && key === state.purpose);
  const answer = readConsent({ state, purpose, now });
  if (answer !== "unknown") return answer;
  return isEnding(state.status) ? "ended" : "lapsed";
}

/** A recorded grant was judged when it was written; its text keeps neither version nor end, and whether it was worth anything then. */
function judgeRecorded(state: PurposeState): KnownState["answer"] {
  if (state.isLapsed === true) return "ended";
  if (isGrant(state.status)) return "granted";
  return isEnding(state.status) ? "ended" : "refused";
}
