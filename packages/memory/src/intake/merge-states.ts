import {
  ANY_CHANNEL,
  compareConsentStates,
  consentKey,
  greaterConsentState,
  isStanding,
  type ConsentState,
  type DecisionOutcomeV1,
  type SealedDecision,
} from "@volenti/core/adapter";

/** What stands after a write: of each key the greater of what stood and what came. */
export function mergeStates(request: {
  before: ReadonlyMap<string, ConsentState>;
  arriving: readonly ConsentState[];
}): ReadonlyMap<string, ConsentState> {
  const after = new Map(request.before);
  for (const state of request.arriving) {
    const key = consentKey(state);
    after.set(key, greaterConsentState(after.get(key), state) ?? state);
  }
  return after;
}

/** How a decision that was not recorded yet fared against what stood before. */
export function judgeDecision(request: {
  decision: SealedDecision;
  before: ReadonlyMap<string, ConsentState>;
}): DecisionOutcomeV1["outcome"] {
  const { record, effectiveAt } = request.decision;
  if (!isStanding(record.status)) return "applied";
  const key = consentKey({ purpose: record.purpose.key, channel: record.channel ?? ANY_CHANNEL });
  const stood = request.before.get(key);
  if (stood === undefined) return "applied";
  const order = compareConsentStates({ effectiveAt, status: record.status, decisionId: record.id }, stood);
  return order > 0 ? "applied" : "superseded";
}
