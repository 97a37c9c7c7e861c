import { endsPermission, isGrant, type ConsentState } from "@volenti/core/adapter";
import type { OrgRow } from "../mapping/org-row.ts";
import { REF_FIELD } from "../schema/names.ts";
import type { PersonProgress } from "./person-progress.ts";
import { grantedAtOf, refusedAtOf } from "./plan-person.ts";
import { isFlagRefused, markerOf, toRowError } from "./row-error.ts";
import type { RowResult } from "./row-result.ts";
import type { CallTerms } from "./send-composite.ts";
import { readStandingStates, type StandingStates } from "./standing-states.ts";
import { writeRows } from "./write-rows.ts";

interface Question {
  readonly person: PersonProgress;
  readonly channel: string;
  readonly field: string;
  readonly stampField: string;
}

/**
 * Brings opt-out flags in line with what stands, where this write may have changed it: clears one whose last refusal was
 * overtaken by a grant that was accepted, sets one that a refusal calls for and no row carried. What stands is read
 * first, and again after a clearing, because another writer may have refused in between. No call where nothing is open.
 */
export async function settleFlags(terms: CallTerms, people: readonly PersonProgress[]): Promise<void> {
  const open = people.filter(({ failure, written }) => failure === null && "results" in written).flatMap((person) => questionsOf({ terms, person }));
  if (open.length === 0) return;
  const cleared = await answer({ terms, questions: open });
  if (cleared.length > 0) await answer({ terms, questions: cleared });
}

function questionsOf(request: { terms: CallTerms; person: PersonProgress }): Question[] {
  const { terms, person } = request;
  return [...terms.session.settings.optOutFlags].flatMap(([channel, { field, stampField }]) =>
    isOpen({ person, channel }) ? [{ person, channel, field, stampField }] : [],
  );
}

/** Whether what this call knows does not say what the flag should be. */
function isOpen(request: { person: PersonProgress; channel: string }): boolean {
  const { person, channel } = request;
  const { standing, states } = person.plan;
  const flagResult = resultsOf(person).flags[0];
  if (!mayHaveRecord(person)) return false;
  if (refusedAtOf({ states, channel }) !== null) {
    const isOvertaken = acceptedOf(person).every((state) => state.channel !== channel || !endsPermission(state.status));
    return isOvertaken || (flagResult !== undefined && markerOf(flagResult) === "superseded");
  }
  // Somebody of whom the org held consent rows alone may have refused before there was a record to bear the flag.
  if (resultsOf(person).profile[0]?.isWritten === true && wasJustMade(person) && resultsOf(person).individual.some(isUpdated)) return true;
  if (grantedAtOf({ states: acceptedOf(person), channel }) === null) return false;
  if (typeof standing !== "object") return standing === "unasked";
  return standing.flags.get(channel)?.isSet === true;
}

/** Without a profile record there is nothing that bears a flag. */
function mayHaveRecord(person: PersonProgress): boolean {
  const { standing } = person.plan;
  return standing !== "absent" || resultsOf(person).profile[0]?.isWritten === true;
}

function resultsOf(person: PersonProgress): Readonly<Record<"individual" | "profile" | "states" | "flags", readonly RowResult[]>> {
  return "results" in person.written ? person.written.results : { individual: [], profile: [], states: [], flags: [] };
}

function acceptedOf(person: PersonProgress): readonly ConsentState[] {
  const results = resultsOf(person).states;
  return person.plan.states.filter((_, index) => results[index]?.isWritten === true);
}

function wasJustMade(person: PersonProgress): boolean {
  return resultsOf(person).profile.some((result) => result.isWritten && result.created);
}

function isUpdated(result: RowResult): boolean {
  return result.isWritten && !result.created;
}

/** Sets or clears each flag by what stands; answers the questions whose flags were cleared. */
async function answer(request: { terms: CallTerms; questions: readonly Question[] }): Promise<readonly Question[]> {
  const { terms, questions } = request;
  const standing = await readStandingStates({ ...terms, refs: [...new Set(questions.map(({ person }) => person.plan.ref))] });
  const rows = new Map<PersonProgress, OrgRow>();
  const clearing: Question[] = [];
  for (const question of questions) {
    const change = decide({ question, standing });
    if (change === null) continue;
    rows.set(question.person, { [REF_FIELD]: question.person.plan.ref, ...rows.get(question.person), ...change });
    if (change[question.field] === false) clearing.push(question);
  }
  const people = [...rows.keys()];
  const results = await writeRows({
    ...terms,
    people: people.map((person) => ({ individual: [], profile: [], states: [], decisions: [], flags: [rows.get(person) ?? {}] })),
  });
  people.forEach((person, index) => {
    const result = results[index];
    if (result === undefined) return;
    const refused = "results" in result ? result.results.flags.find((flag) => isFlagRefused({ result: flag, standing: person.plan.standing })) : undefined;
    if ("error" in result) person.failure = result.error;
    else if (refused !== undefined) person.failure = toRowError({ result: refused, operation: terms.operation });
    else takeFlags({ person, flags: result.results.flags });
  });
  return clearing;
}

/** The flag was settled by this later row: what the first one met no longer counts. */
function takeFlags(request: { person: PersonProgress; flags: readonly RowResult[] }): void {
  const { person, flags } = request;
  if ("results" in person.written) person.written = { results: { ...person.written.results, flags } };
}

/**
 * What the flag is to become; null where it stays. A flag that was set before without our stamp (an import, an agent
 * before our flow was there) yields only to a grant that is later than the record's last change.
 */
function decide(request: { question: Question; standing: StandingStates }): OrgRow | null {
  const { question, standing } = request;
  const { person, channel, field, stampField } = question;
  const states = standing.list(person.plan.ref).filter((state) => state.channel === channel);
  const refusedAt = refusedAtOf({ states, channel });
  const isStampNewer = resultsOf(person).flags.some((result) => markerOf(result) === "superseded");
  // A newer stamp stays: what is older than it cannot clear the flag.
  if (refusedAt !== null) return { [field]: true, ...(isStampNewer ? {} : { [stampField]: refusedAt }) };
  const grants = states.filter(({ status }) => isGrant(status));
  if (grants.length === 0) return null;
  const grantedAt = Math.max(...grants.map(({ effectiveAt }) => effectiveAt));
  const before = typeof person.plan.standing === "object" ? person.plan.standing : undefined;
  const flag = before?.flags.get(channel);
  const setAt = flag?.isSet === true ? (flag.decidedAt ?? before?.lastModifiedAt ?? null) : null;
  return setAt !== null && grantedAt <= setAt ? null : { [field]: false, [stampField]: grantedAt };
}
