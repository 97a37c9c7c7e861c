import { ANY_CHANNEL, isGrant, type ConsentState } from "@volenti/core/adapter";
import type { StandingDecision } from "./person-history.ts";

/** The members of a stored state that say something else than the decision that it names. */
export function differingStateFields(request: { state: ConsentState; decision: StandingDecision }): readonly (keyof ConsentState)[] {
  const { state, decision } = request;
  const narrowing = isGrant(decision.status) ? decision : { recipients: null, attributes: null, validUntil: null };
  const differs: Partial<Record<keyof ConsentState, boolean>> = {
    purpose: state.purpose !== decision.purpose,
    channel: decision.channel !== ANY_CHANNEL && state.channel !== decision.channel,
    status: state.status !== decision.status,
    effectiveAt: state.effectiveAt !== decision.effectiveAt,
    purposeVersion: state.purposeVersion !== decision.purposeVersion,
    // A version's validity may end a grant before its own time; nothing lets it hold for longer.
    validUntil: narrowing.validUntil !== null && (state.validUntil === null || state.validUntil > narrowing.validUntil),
    recipients: !isSameList({ left: state.recipients, right: narrowing.recipients }),
    attributes: !isSameList({ left: state.attributes, right: narrowing.attributes }),
  };
  const names = Object.keys(differs) as (keyof ConsentState)[];
  return names.filter((name) => differs[name] === true);
}

function isSameList(request: { left: readonly string[] | null; right: readonly string[] | null }): boolean {
  const { left, right } = request;
  if (left === null || right === null) return left === right;
  return left.length === right.length && left.toSorted().every((entry, index) => entry === right.toSorted()[index]);
}
