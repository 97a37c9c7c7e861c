import { endsPermission, type ConsentState } from "@volenti/core/adapter";
import type { PersonProgress } from "./person-progress.ts";
import { grantedAtOf, refusedAtOf } from "./plan-person.ts";
import { markerOf } from "./row-error.ts";
import type { RowResult } from "./row-result.ts";
import type { CallTerms } from "./send-composite.ts";

/** One person's opt-out flag of one channel, of which it is not known what it should be. */
export interface FlagQuestion {
  readonly person: PersonProgress;
  readonly channel: string;
  readonly field: string;
  readonly stampField: string;
  /** How often the org had a newer stamp than the one that a setting of the flag brought. */
  readonly oldStamps: number;
  /** Not after it was cleared: then the question is only whether somebody refused in between. */
  readonly mayClear: boolean;
}

/** What this write may have left open: nothing where it knows all that there is to know. */
export function openQuestions(request: { terms: CallTerms; person: PersonProgress }): FlagQuestion[] {
  const { terms, person } = request;
  if (person.failure !== null || "error" in person.written) return [];
  const questions: FlagQuestion[] = [];
  const oldStamps = resultsOf(person).flags.some((result) => markerOf(result) === "superseded") ? 1 : 0;
  for (const [channel, { field, stampField }] of terms.session.settings.optOutFlags) {
    if (isOpen({ person, channel })) questions.push({ person, channel, field, stampField, oldStamps, mayClear: true });
  }
  return questions;
}

/** Whether what this call knows does not say what the flag should be. */
function isOpen(request: { person: PersonProgress; channel: string }): boolean {
  const { person, channel } = request;
  const { standing, states } = person.plan;
  const { flags, profile, individual } = resultsOf(person);
  if (!mayHaveRecord(person)) return false;
  if (refusedAtOf({ states, channel }) !== null) {
    const isOvertaken = acceptedOf(person).every((state) => state.channel !== channel || !endsPermission(state.status));
    return isOvertaken || (flags[0] !== undefined && markerOf(flags[0]) === "superseded");
  }
  // Somebody of whom the org held consent rows alone may have refused before there was a record to bear the flag.
  const isJustTheirs = profile.some(isCreated) || (typeof standing === "object" && standing.isJustLinked);
  if (isJustTheirs && individual.some(isUpdated)) return true;
  // Whose Individual this write made has no record that somebody else could have flagged.
  const mayBeSet = typeof standing === "object" ? standing.flags.get(channel)?.isSet === true : standing === "unasked" && !individual.some(isCreated);
  return mayBeSet && grantedAtOf({ states: acceptedOf(person), channel }) !== null;
}

/** Without a profile record there is nothing that bears a flag. */
function mayHaveRecord(person: PersonProgress): boolean {
  const { profile, flags } = resultsOf(person);
  return person.plan.standing !== "absent" || profile.some(isWritten) || flags.some(isWritten);
}

/** Whether this write itself set the flag of the channel. */
export function hasSetFlag({ person, channel }: FlagQuestion): boolean {
  return refusedAtOf({ states: person.plan.states, channel }) !== null && resultsOf(person).flags.some(isWritten);
}

const NONE: readonly RowResult[] = [];
const NO_RESULTS = { individual: NONE, profile: NONE, states: NONE, flags: NONE };

function resultsOf(person: PersonProgress): Readonly<Record<"individual" | "profile" | "states" | "flags", readonly RowResult[]>> {
  return "results" in person.written ? person.written.results : NO_RESULTS;
}

function acceptedOf(person: PersonProgress): readonly ConsentState[] {
  const results = resultsOf(person).states;
  return person.plan.states.filter((_, index) => results[index]?.isWritten === true);
}

function isWritten(result: RowResult): boolean {
  return result.isWritten;
}

function isCreated(result: RowResult): boolean {
  return result.isWritten && result.created;
}

function isUpdated(result: RowResult): boolean {
  return result.isWritten && !result.created;
}
