import type { PauseGround, RightsKind } from "@volenti/jurisdictions";
import type { Place } from "../support/find-place.ts";

/** A grievance about how data is handled is for people: no command answers it. */
export type RightsKindHandled = Exclude<RightsKind, "complaint">;

/** All kinds of requests of data subjects. */
export const RIGHTS_KINDS = ["access", "portability", "rectify", "erase", "restrict", "object", "optOut", "limit", "withdraw"] as const satisfies readonly RightsKindHandled[];

/** `store`: given to staff. `protocol`: by the Data Rights Protocol or the like. */
export type RightsVia = "self" | "agent" | "store" | "protocol";
/** How a request may arrive. */
export const RIGHTS_VIA = ["self", "agent", "store", "protocol"] as const satisfies readonly RightsVia[];

/** The states of the Data Rights Protocol 1.0, and `paused`. */
export type RightsState = "open" | "in_progress" | "paused" | "fulfilled" | "revoked" | "denied" | "expired";

/** Why a request may be denied; a closed list. */
export const DENIAL_REASONS = [
  "suspected_fraud",
  "insuf_verification",
  "no_match",
  "claim_not_covered",
  "outside_jurisdiction",
  "too_many_requests",
  "other",
] as const;
/** Why a request was denied. */
export type DenialReason = (typeof DENIAL_REASONS)[number];
/** `need_user_verification` goes with `in_progress`, the others with `denied`. */
export type RightsReason = DenialReason | "need_user_verification";

/**
 * What a person asked for, by when the law wants the answer, and what was done about it. Holds refs, codes, times and
 * names of attributes, and no value that a person gave. Instants are RFC 3339 UTC.
 */
export interface RightsRequest {
  readonly schema: "volenti-rights-request-1";
  /** UUID. */
  readonly requestId: string;
  /** Raised by one with every change. From 1. */
  readonly revision: number;
  readonly kind: RightsKindHandled;
  /** The laws that set the date; null where we know of none for the place and the kind. */
  readonly regime: string | null;
  readonly place: Place;
  /** Under which ref each destination holds the person; empty where nobody was found, or nobody looked yet. */
  readonly subjectRefs: Readonly<Record<string, string>>;
  /** The purpose that is meant; null: every one that the kind is about. */
  readonly purpose: string | null;
  /** Of `restrict`: that the restriction ends. */
  readonly isLifted: boolean;
  readonly via: RightsVia;
  /** When it reached the brand: deadlines count from there. */
  readonly receivedAt: string;
  /** Null where the law names no number: `words` has what it says. */
  readonly dueAt: string | null;
  /** What the laws say of the date in words; empty where they say nothing beside a number. */
  readonly words: readonly string[];
  /** When and why it was extended, and to when; null where it was not. */
  readonly extension: { readonly at: string; readonly reason: string; readonly extendedTo: string } | null;
  readonly state: RightsState;
  /** Why it ended as it did; null where its state needs none. */
  readonly reason: RightsReason | null;
  /** How it became known who asks; null while it is not. `byOperator`: whoever ran the command vouches. */
  readonly verification: { readonly method: string; readonly actor: string; readonly at: string } | null;
  /** In the order of their beginning; the last may still go on. */
  readonly pauses: readonly RightsPause[];
  /** Oldest first; never shortened. */
  readonly history: readonly RightsTransition[];
  /** By destination, what came of it last. */
  readonly targets: readonly RightsTarget[];
}

/** A time during which a request's deadline does not run. */
export interface RightsPause {
  readonly ground: PauseGround;
  /** RFC 3339 UTC. */
  readonly from: string;
  /** Null while it goes on. */
  readonly until: string | null;
  /** In the actor's words; no value that a person gave. */
  readonly reason: string;
}

/** A change of a request's state, with its time. */
export interface RightsTransition {
  /** RFC 3339 UTC. */
  readonly at: string;
  /** Who changed it, in the brand's names. */
  readonly actor: string;
  readonly state: RightsState;
  /** A code; null where the state needs none. */
  readonly reason: RightsReason | null;
  /** The actor's words, where there are any. */
  readonly note: string | null;
}

/** What one destination did about a request. */
export interface RightsTarget {
  /** The destination's key in the configuration. */
  readonly system: string;
  /**
   * - `done`: nothing is left to do there
   * - `waiting`: it was not reached, or nobody knows: running again finishes it
   * - `needsHuman`: running again changes nothing: somebody has to do it, or to decide
   */
  readonly state: "done" | "waiting" | "needsHuman";
  readonly outcome: RightsOutcome;
  /** A code, or what a destination says for keeping something; null where there is nothing to say. */
  readonly reason: string | null;
  /** The provision behind a hold that keeps something, in the brand's words; null where there is none. */
  readonly law: string | null;
  /** Until when something is kept, as the destination tells it; null where nobody knows, or nothing is. */
  readonly until: string | null;
  /** Attributes that it refused, keeps although they were to change, or was not given since no purpose permits them. */
  readonly attributes: readonly string[];
}

/** What was done at the destinations to fulfil a request. */
export type RightsOutcome =
  | "read"
  | "rectified"
  | "erased"
  | "masked"
  | "kept"
  | "restricted"
  | "lifted"
  | "refused"
  | "unchanged"
  | "notHeld"
  | "rejected"
  | "unsupported"
  | "conflict"
  | "unlinked"
  | "unreachable";

const ENDED: ReadonlySet<RightsState> = new Set(["fulfilled", "revoked", "denied", "expired"]);

/** Whether nothing more happens to a request in this state. */
export function isEnded({ state }: Pick<RightsRequest, "state">): boolean {
  return ENDED.has(state);
}
