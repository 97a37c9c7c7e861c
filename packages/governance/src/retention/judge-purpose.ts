import { addDuration, endsPermission, matchesAnyAttribute, type ConsentState, type ListedPersonV1, type Purpose } from "@volenti/core/adapter";
import { retentionsOf } from "./retention-of.ts";

/**
 * Whether a purpose still needs what is held of a person.
 * - `running`: until then, if nothing happens meanwhile; null where nobody can say since when it runs
 * - `noRetention`: it runs, and has no end by time
 * - `over`: `ended` by a refusal or an expiry, without a retention of its own; `retentionPassed`; or `neverBegan`, an opt-in
 *   that nobody gave
 */
export type PurposeVerdict =
  | { readonly status: "running"; readonly until: number | null }
  | { readonly status: "noRetention" }
  | { readonly status: "over"; readonly reason: "ended" | "retentionPassed" | "neverBegan" };

interface PurposeQuestion {
  readonly purpose: Purpose;
  readonly person: Pick<ListedPersonV1, "country" | "states" | "attributes" | "heldSince">;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * The rule of retention, for one purpose: it counts from the person's latest relation to it. That is the latest of its
 * decisions (a grant, or the refusal that ended it); of a purpose that needs no decision the latest change of what it
 * needs. What ended and has no retention is over at once; an expiry adds no time, since nobody did anything then.
 */
export function judgePurpose(question: PurposeQuestion): PurposeVerdict {
  const { purpose, person, now } = question;
  const states = person.states.filter((state) => state.purpose === purpose.key);
  const hasEnded = states.length > 0 && states.every((state) => isEnd({ state, now }));
  const durations = retentionsOf({ purpose, country: person.country, hasEnded });
  const neverBegan = purpose.mechanism === "optIn" && states.length === 0;
  if (durations === null) {
    if (hasEnded) return { status: "over", reason: "ended" };
    return neverBegan ? { status: "over", reason: "neverBegan" } : { status: "noRetention" };
  }
  const relatedAt = latestRelation({ question, states, hasEnded });
  if (relatedAt === null) return neverBegan ? { status: "over", reason: "neverBegan" } : { status: "running", until: null };
  const until = Math.max(...durations.map((duration) => addDuration({ epochInMs: relatedAt, duration })));
  return until <= now ? { status: "over", reason: "retentionPassed" } : { status: "running", until };
}

function isEnd(request: { state: ConsentState; now: number }): boolean {
  const { status, validUntil } = request.state;
  return endsPermission(status) || (validUntil !== null && validUntil <= request.now);
}

function latestRelation(request: { question: PurposeQuestion; states: readonly ConsentState[]; hasEnded: boolean }): number | null {
  const { question, states, hasEnded } = request;
  const { purpose, person } = question;
  const decidedAt = states.map(({ effectiveAt }) => effectiveAt);
  // A consent counts from its decisions alone, and a purpose that somebody ended from its end.
  if (states.length > 0 && (purpose.mechanism === "optIn" || hasEnded)) return Math.max(...decidedAt);
  const changedAt = Object.entries(person.attributes).flatMap(([attribute, at]) =>
    matchesAnyAttribute({ patterns: purpose.attributes, attribute }) ? [at] : [],
  );
  const related = [...decidedAt, ...changedAt];
  if (related.length > 0) return Math.max(...related);
  // An opt-in that nobody gave has no relation to somebody of whom it needs nothing that is held.
  return purpose.mechanism === "optIn" ? null : latestAct(person);
}

/** Of a purpose without a decision, and without anything held that it needs: the latest thing known of the person at all. */
function latestAct({ states, attributes, heldSince }: PurposeQuestion["person"]): number | null {
  const acts = [...states.map(({ effectiveAt }) => effectiveAt), ...Object.values(attributes)];
  return acts.length > 0 ? Math.max(...acts) : heldSince;
}
