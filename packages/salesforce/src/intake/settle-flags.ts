import { REF_FIELD } from "../schema/names.ts";
import type { OrgRow } from "../mapping/org-row.ts";
import { failPeople } from "./fail-people.ts";
import { openQuestions, type FlagQuestion } from "./flag-questions.ts";
import { refuses, toClearedFlag, toSetFlag, whatToClear, type AskedFlag } from "./flag-changes.ts";
import type { PersonProgress } from "./person-progress.ts";
import { isFlagRefused, markerOf, toRowError } from "./row-error.ts";
import { NO_ROWS, readyRows } from "./rows-of-kind.ts";
import type { CallTerms } from "./send-composite.ts";
import { readStandingStates } from "./standing-states.ts";
import { writeRows, type WrittenRows } from "./write-rows.ts";

/** A flag is cleared, set again for somebody who refused meanwhile, and that once more where its stamp was too old. */
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

/** Sets or clears each flag by what stands; answers the questions that are open still, or anew. */
async function answer(request: { terms: CallTerms; questions: readonly FlagQuestion[] }): Promise<FlagQuestion[]> {
  const { terms, questions } = request;
  const standing = await readStandingStates({ ...terms, refs: [...new Set(questions.map(({ person }) => person.plan.ref))] });
  const asked = questions.map((question): AskedFlag => ({
    question,
    states: standing.list(question.person.plan.ref).filter(({ channel }) => channel === question.channel),
  }));
  const toSet = Map.groupBy(asked.filter(refuses), ({ question }) => question.person);
  const toClear = Map.groupBy(await whatToClear({ terms, asked: asked.filter((flag) => !refuses(flag)) }), ({ question }) => question.person);
  const people = [...new Set([...toSet.keys(), ...toClear.keys()])];
  // In two collections, because the org takes a row whole: an opt-out that stays must not keep another one from being set.
  const written = await writeRows({
    ...terms,
    people: people.map((person) => ({
      individual: NO_ROWS,
      profile: readyRows(toRows({ person, asked: toSet.get(person), toFields: toSetFlag })),
      states: NO_ROWS,
      decisions: NO_ROWS,
      flags: readyRows(toRows({ person, asked: toClear.get(person), toFields: toClearedFlag })),
    })),
  });
  return people.flatMap((person, index) =>
    takeAnswers({ terms, person, written: written[index], set: toSet.get(person) ?? [], cleared: toClear.get(person) ?? [] }),
  );
}

function toRows(request: { person: PersonProgress; asked: readonly AskedFlag[] | undefined; toFields: (flag: AskedFlag) => OrgRow }): OrgRow[] {
  const { person, asked, toFields } = request;
  return asked === undefined ? [] : [Object.assign({ [REF_FIELD]: person.plan.ref }, ...asked.map(toFields)) as OrgRow];
}

/** A newer stamp keeps a flag from being cleared, for good, and from being set by an older one, which is no reason not to. */
function takeAnswers(request: {
  terms: CallTerms;
  person: PersonProgress;
  written: WrittenRows | undefined;
  set: readonly AskedFlag[];
  cleared: readonly AskedFlag[];
}): FlagQuestion[] {
  const { terms, person, written, set, cleared } = request;
  if (written === undefined) return [];
  if ("error" in written) {
    person.failure ??= written.error;
    return [];
  }
  const { profile, flags } = written.results;
  const refused = [...profile, ...flags].find((result) => isFlagRefused({ result, standing: person.plan.standing }));
  if (refused !== undefined) person.failure ??= toRowError({ result: refused, operation: terms.operation });
  const isStampOld = profile.some((result) => markerOf(result) === "superseded");
  return [
    ...(isStampOld ? set.map(({ question }) => ({ ...question, oldStamps: question.oldStamps + 1 })) : []),
    ...(flags.some(({ isWritten }) => isWritten) ? cleared.map(({ question }) => ({ ...question, oldStamps: 1, mayClear: false })) : []),
  ];
}
