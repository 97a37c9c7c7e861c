import type { ConsentState } from "@volenti/core/adapter";
import type { CallTerms } from "../intake/send-composite.ts";
import { CONSENT_STATE_FIELDS, toConsentState } from "../mapping/to-consent-state.ts";
import { chunkValues } from "../profile/chunk-values.ts";
import { queryTogether } from "../profile/query-together.ts";
import { fieldName, soql, type Soql } from "../query/soql.ts";
import { CONSENT_OBJECT, DECISION_FIELDS, DECISION_OBJECT, SUBJECT_REF_FIELD } from "../schema/names.ts";

/** What was decided of people by others than those who set or cleared their opt-out flags. */
export interface Decided {
  statesOf(subjectRef: string): readonly ConsentState[];
  /** Whether a decision of the channel counts from the very instant; with a decision log also one that another replaced. */
  hasInstant(decision: { subjectRef: string; channel: string; at: number }): boolean;
}

/** A flag that was cleared: by a decision of ours if one counts from the instant of its stamp. */
export interface ClearedFlag {
  readonly subjectRef: string;
  readonly stamp: number;
}

const STATES_PER_QUERY = 100;
/** Each with an instant or two. */
const DECISIONS_PER_QUERY = 50;

/** Reads what stands for these people, and which of their cleared flags a decision cleared that no longer stands. */
export async function readDecided(request: CallTerms & { refs: readonly string[]; cleared: readonly ClearedFlag[] }): Promise<Decided> {
  const { refs, cleared, ...terms } = request;
  const ofStates = chunkValues({ values: refs, longestCount: STATES_PER_QUERY }).map(
    (chunk) => soql`SELECT ${CONSENT_STATE_FIELDS.map(fieldName)} FROM ${fieldName(CONSENT_OBJECT)} WHERE ${fieldName(SUBJECT_REF_FIELD)} IN ${chunk}`,
  );
  const ofDecisions = terms.session.settings.decisionLog ? decisionQueries(cleared) : [];
  const answers = await queryTogether({ ...terms, queries: [...ofStates, ...ofDecisions], absent: "isError" });
  const states = Map.groupBy(answers.slice(0, ofStates.length).flat(), (row) => row[SUBJECT_REF_FIELD]);
  const statesOf = (subjectRef: string): readonly ConsentState[] => (states.get(subjectRef) ?? []).flatMap((row) => toConsentState(row) ?? []);
  const logged = new Set(
    answers.slice(ofStates.length).flat().map((row) => keyOf([row[SUBJECT_REF_FIELD], row[DECISION_FIELDS.channel], row[DECISION_FIELDS.effectiveAt]])),
  );
  return {
    statesOf,
    hasInstant: ({ subjectRef, channel, at }) =>
      logged.has(keyOf([subjectRef, channel, at])) || statesOf(subjectRef).some((state) => state.channel === channel && state.effectiveAt === at),
  };
}

function decisionQueries(cleared: readonly ClearedFlag[]): readonly Soql[] {
  const { effectiveAt, channel } = DECISION_FIELDS;
  const columns = [SUBJECT_REF_FIELD, channel, effectiveAt].map(fieldName);
  return chunkValues({ values: cleared.map(({ subjectRef }) => subjectRef), longestCount: DECISIONS_PER_QUERY }).map((refs) => {
    const stamps = [...new Set(cleared.filter(({ subjectRef }) => refs.includes(subjectRef)).map(({ stamp }) => stamp))];
    return soql`SELECT ${columns} FROM ${fieldName(DECISION_OBJECT)} WHERE ${fieldName(SUBJECT_REF_FIELD)} IN ${refs} AND ${fieldName(effectiveAt)} IN ${stamps}`;
  });
}

function keyOf(parts: readonly unknown[]): string {
  return JSON.stringify(parts);
}
