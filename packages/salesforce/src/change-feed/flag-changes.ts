import { foldConsentStates, isGrant, standingFor, type Catalogue, type ConsentState } from "@volenti/core/adapter";
import { isFlagOfDecision } from "../consent/is-flag-of-decision.ts";
import { overruledAt } from "../consent/overruled-at.ts";
import type { SalesforceSession } from "../transport/salesforce-session.ts";
import type { FoundChange } from "./found-change.ts";
import { staffOf, type ChangedProfile } from "./read-changed-profiles.ts";
import type { ClearedFlag, Decided } from "./read-decided.ts";

interface FlagChange {
  readonly profile: ChangedProfile;
  readonly catalogue: Catalogue;
  readonly decided: Decided;
  /** What was stamped before was told then. */
  readonly since: number;
  readonly channel: string;
  readonly field: string;
  readonly isSet: boolean;
  /** Epoch milliseconds; null where nothing dated the flag. */
  readonly stamp: number | null;
}

/** The stamps of flags that somebody may have cleared since. */
export function clearedFlags(request: { profile: ChangedProfile; session: SalesforceSession; since: number }): readonly ClearedFlag[] {
  const { profile, session, since } = request;
  return readFlags({ profile, session }).flatMap(({ isSet, stamp }) =>
    !isSet && stamp !== null && stamp >= since ? [{ subjectRef: profile.subjectRef, stamp }] : [],
  );
}

export function hasSetFlag(request: { profile: ChangedProfile; session: SalesforceSession }): boolean {
  return readFlags(request).some(({ isSet }) => isSet);
}

/** What people did with the opt-out flags of a profile record. */
export function flagChanges(request: Pick<FlagChange, "profile" | "catalogue" | "decided" | "since"> & { session: SalesforceSession }): readonly FoundChange[] {
  const { session, ...rest } = request;
  return readFlags({ profile: rest.profile, session }).flatMap((flag) => {
    const change = { ...rest, ...flag };
    return flag.isSet ? setFlagChanges(change) : clearedFlagChanges(change);
  });
}

function readFlags(request: { profile: ChangedProfile; session: SalesforceSession }): readonly Pick<FlagChange, "channel" | "field" | "isSet" | "stamp">[] {
  const { row } = request.profile;
  return [...request.session.settings.optOutFlags].flatMap(([channel, { field, stampField }]) => {
    const [isSet, stamp] = [row[field], row[stampField]];
    return typeof isSet === "boolean" ? [{ channel, field, isSet, stamp: typeof stamp === "number" ? stamp : null }] : [];
  });
}

/** A flag refuses every purpose of its channel, from when it was set; one that nothing dated refuses what stands granted. */
function setFlagChanges(change: FlagChange): readonly FoundChange[] {
  const { profile, catalogue, decided, since, channel, stamp } = change;
  const states = decided.statesOf(profile.subjectRef);
  if (isFlagOfDecision({ stamp, channel, states })) return [];
  const purposes = catalogue.purposes.filter((purpose) => purpose.current && purpose.channels.includes(channel)).map(({ key }) => key);
  // A grant's instant is that at which it cleared the flag: whoever set it again did not date it.
  if (stamp === null || states.some((state) => state.channel === channel && isGrant(state.status) && state.effectiveAt === stamp)) {
    return purposes.flatMap((purpose) => undatedRefusal({ change, states, purpose }) ?? []);
  }
  return stamp < since ? [] : purposes.map((purpose) => toRefusal({ change, purpose, changedAt: stamp }));
}

/** Counts from the record's last change, by when the flag was set; but never less than the grant that it overrules. */
function undatedRefusal(request: { change: FlagChange; states: readonly ConsentState[]; purpose: string }): FoundChange | null {
  const { change, states, purpose } = request;
  const { profile, channel, stamp } = change;
  const grant = standingFor({ standing: foldConsentStates(states), purpose, channel });
  const overruled = grant === undefined || !isGrant(grant.status) ? null : overruledAt({ grant, stamp });
  return overruled === null ? null : toRefusal({ change, purpose, changedAt: Math.max(profile.modifiedAt, overruled) });
}

function toRefusal(request: { change: FlagChange; purpose: string; changedAt: number }): FoundChange {
  const { change, purpose, changedAt } = request;
  const { profile, channel, field, stamp } = change;
  const { id, subjectRef, at, test } = profile;
  return {
    kind: "decision",
    subjectRef,
    at,
    changedAt,
    changeId: `${id}:${field}:${stamp ?? "undated"}:${purpose}`,
    decision: { purpose, channel, status: "refused" },
    by: staffOf(profile),
    test,
  };
}

/** Nobody gave a grant by clearing a flag: that it was cleared is all that is told. */
function clearedFlagChanges(change: FlagChange): readonly FoundChange[] {
  const { profile, decided, since, channel, field, stamp } = change;
  const { id, subjectRef, at, test } = profile;
  if (stamp === null || stamp < since || decided.hasInstant({ subjectRef, channel, at: stamp })) return [];
  return [{ kind: "profile", subjectRef, at, changedAt: stamp, changeId: `${id}:${field}:${stamp}:cleared`, by: staffOf(profile), test }];
}
