import { ANY_CHANNEL, isGrant, type ConsentState } from "@volenti/core/adapter";
import type { StandingDecision } from "./person-history.ts";

/** The members of a stored state that say something else than the decision that it names. */
export function differingStateFields(request: { state: ConsentState; decision: StandingDecision }): readonly (keyof ConsentState)[] {
  const { state, decision } = request;
  const narrowing = isGrant(decision.status) ? decision : { recipients: null, attributes: null, validUntil: null };
  const fields: (keyof ConsentState)[] = [];
  if (state.purpose !== decision.purpose) fields.push("purpose");
  if (decision.channel !== ANY_CHANNEL && state.channel !== decision.channel) fields.push("channel");
  if (state.status !== decision.status) fields.push("status");
  if (state.effectiveAt !== decision.effectiveAt) fields.push("effectiveAt");
  if (state.purposeVersion !== decision.purposeVersion) fields.push("purposeVersion");
  // A version's validity may end a grant before its own time; nothing lets it hold for longer.
  if (narrowing.validUntil !== null && (state.validUntil === null || state.validUntil > narrowing.validUntil)) fields.push("validUntil");
  if (!isSameList({ left: state.recipients, right: narrowing.recipients })) fields.push("recipients");
  if (!isSameList({ left: state.attributes, right: narrowing.attributes })) fields.push("attributes");
  return fields;
}

function isSameList(request: { left: readonly string[] | null; right: readonly string[] | null }): boolean {
  const { left, right } = request;
  if (left === null || right === null) return left === right;
  const sorted = right.toSorted();
  return left.length === sorted.length && left.toSorted().every((entry, index) => entry === sorted[index]);
}
