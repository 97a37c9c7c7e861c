import { isGrant, type ConsentState } from "@volenti/core/adapter";
import type { OrgRow } from "../mapping/org-row.ts";
import { REF_FIELD } from "../schema/names.ts";
import { failPeople } from "./fail-people.ts";
import { hasSetFlag, openQuestions, type FlagQuestion } from "./flag-questions.ts";
import type { KnownPerson } from "./known-person.ts";
import { lookUpPeople } from "./look-up-people.ts";
import type { PersonProgress } from "./person-progress.ts";
import { grantedAtOf, refusedAtOf } from "./plan-person.ts";
import { isFlagRefused, markerOf, toRowError } from "./row-error.ts";
import type { RowResult } from "./row-result.ts";
import type { CallTerms } from "./send-composite.ts";
import { readStandingStates } from "./standing-states.ts";
import { writeRows } from "./write-rows.ts";

/** Cleared, set again for who refused meanwhile, and that with a stamp, without one: more there is not. */
const ROUNDS = 4;

/**
 * Brings opt-out flags in line with what stands, where this write may have changed it: clears one whose last refusal was
 * overtaken by a grant that was accepted, sets one that a refusal calls for and no row carried. What stands is read
 * first, and again after a clearing, because another writer may have refused in between. No call where nothing is open.
 */
export async function settleFlags(terms: CallTerms, people: readonly PersonProgress[]): Promise<void> {
  let open = people.flatMap((person) => openQuestions({ terms, person }));
  try {
    for (let round = 0; round < ROUNDS && open.length > 0; round += 1) open = await answer({ terms, questions: open });
  } catch (error) {
    failPeople({ terms, people: open.map(({ person }) => person), error });
  }
}

/** A question with what stands in its channel. */
interface Asked {
  readonly question: FlagQuestion;
  readonly states: readonly ConsentState[];
}

/** Sets or clears each flag by what stands; answers the questions that this leaves open. */
async function answer(request: { terms: CallTerms; questions: readonly FlagQuestion[] }): Promise<FlagQuestion[]> {
  const { terms, questions } = request;
  const standing = await readStandingStates({ ...terms, refs: [...new Set(questions.map(({ person }) => person.plan.ref))] });
  const asked = questions.map((question): Asked => ({
    question,
    states: standing.list(question.person.plan.ref).filter(({ channel }) => channel === question.channel),
  }));
  const { true: refused = [], false: others = [] } = Object.groupBy(asked, ({ question, states }) => `${refusedAtOf({ states, channel: question.channel }) !== null}` as const);
  const cleared = await whatToClear({ terms, asked: others });
  const answers = [
    ...(await writeFlags({ terms, kind: "profile", asked: refused, toFields: settingFields })),
  ];
  void cleared;
  return answers.map(({ question }) => question);
}
