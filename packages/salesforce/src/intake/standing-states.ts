import { ANY_CHANNEL, compareConsentStates, isStanding, type ConsentState, type SealedDecision } from "@volenti/core/adapter";
import { CONSENT_STATE_FIELDS, toConsentState } from "../mapping/to-consent-state.ts";
import { queryInChunks } from "./query-in-chunks.ts";
import { fieldName, soql } from "../query/soql.ts";
import { CONSENT_OBJECT, SUBJECT_REF_FIELD } from "../schema/names.ts";
import type { CallTerms } from "./send-composite.ts";

/** What stood before a write, for those people for whom it was read. */
export interface StandingStates {
  find(request: { ref: string; state: Pick<ConsentState, "purpose" | "channel"> }): ConsentState | undefined;
  list(ref: string): readonly ConsentState[];
  /** Whether something greater than the state stood under its key. What stands already does not: a try before may have stopped half-way. */
  isStale(request: { ref: string; state: ConsentState }): boolean;
  /** Whether the decision is greater than what stood under its key; true where nothing stood or was read. */
  wouldStand(request: { ref: string; decision: SealedDecision }): boolean;
}

/** Reads the states of these people, in as few calls as hold their refs; none for nobody. */
export async function readStandingStates(request: CallTerms & { refs: readonly string[] }): Promise<StandingStates> {
  const rows = await queryInChunks({
    ...request,
    values: request.refs,
    toSoql: (refs) => soql`SELECT ${CONSENT_STATE_FIELDS.map(fieldName)} FROM ${fieldName(CONSENT_OBJECT)} WHERE ${fieldName(SUBJECT_REF_FIELD)} IN ${refs}`,
  });
  const states = new Map<string, ConsentState[]>();
  for (const row of rows) {
    const ref = row[SUBJECT_REF_FIELD];
    const state = toConsentState(row);
    if (typeof ref !== "string" || state === null) continue;
    states.set(ref, [...(states.get(ref) ?? []), state]);
  }
  const find: StandingStates["find"] = ({ ref, state }) =>
    states.get(ref)?.find(({ purpose, channel }) => purpose === state.purpose && channel === state.channel);
  return {
    find,
    list: (ref) => states.get(ref) ?? [],
    isStale: ({ ref, state }) => {
      const standing = find({ ref, state });
      return standing !== undefined && compareConsentStates(state, standing) < 0;
    },
    wouldStand: ({ ref, decision }) => {
      const { id: decisionId, status, purpose, channel = ANY_CHANNEL } = decision.record;
      if (!isStanding(status)) return false;
      const standing = find({ ref, state: { purpose: purpose.key, channel } });
      return standing === undefined || compareConsentStates({ decisionId, status, effectiveAt: decision.effectiveAt }, standing) > 0;
    },
  };
}
