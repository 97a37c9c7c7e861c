import {
  ConnectorError,
  type ConnectorContextV1,
  type DecisionOutcomeV1,
  type SealedDecision,
  type SubjectWriteV1,
  type WriteOutcomeV1,
} from "@volenti/core/adapter";
import { rootOf } from "../custody/who-is-who.ts";
import { matchPeople } from "../profile/match-people.ts";
import type { MemoryRecords, PersonRow } from "../transport/memory-records.ts";
import { CONNECTOR_ID } from "../transport/memory-session.ts";
import { chainDecisions } from "./chain-decisions.ts";
import { checkItem } from "./check-item.ts";
import { checkSubmissions, markSubmissions } from "./mark-submissions.ts";
import { mergeProfile } from "./merge-profile.ts";
import { judgeDecision, mergeStates } from "./merge-states.ts";
import { withoutTestStates } from "./without-test-states.ts";

export const OPERATION = "intake.write";

interface ItemWrite {
  records: MemoryRecords;
  context: ConnectorContextV1;
  hasLedger: boolean;
  item: SubjectWriteV1;
}

/** Writes one item; throws before anything of it is in. */
export async function writeItem(request: ItemWrite): Promise<WriteOutcomeV1> {
  const { records, context, hasLedger, item } = request;
  const { writeId, subject, mode } = item;
  // What was looked up before two people became one: a second look-up names whom they are now.
  if (mode === "upsert" && records.merges.has(subject.ref) && !onlyClears(item)) throw toMerged();
  const [firstRef, ...otherRefs] = mode === "upsert" ? [subject.ref] : await findHeld(request);
  if (firstRef === undefined) return { writeId, status: "notHeld" };
  checkItem(item);
  if (hasLedger) checkSubmissions({ records, submissions: item.submissions });

  const person = records.people.get(firstRef);
  const fresh = item.decisions.filter(({ record }) => !records.decisionsById.has(record.id));
  const decisions = judgeDecisions({ item, fresh, person });
  // A profile is about the person whom the ref names, and about no one whom only an identifier does.
  const patch = firstRef === subject.ref ? (item.profile ?? {}) : {};
  const profile = mergeProfile({ before: person?.attributes ?? new Map(), patch });
  const last = records.decisions.get(firstRef)?.at(-1);
  const rows = await chainDecisions({ subjectRef: firstRef, decisions: fresh, last, context });

  // From here on nothing can fail and nothing waits: the item is in whole.
  records.people.set(firstRef, { ...(person ?? toPerson({ item, now: context.clock.now() })), attributes: profile.attributes });
  for (const ref of [firstRef, ...otherRefs]) applyStates({ records, ref, item });
  records.decisions.set(firstRef, [...(records.decisions.get(firstRef) ?? []), ...rows]);
  for (const row of rows) records.decisionsById.set(row.decisionId, row);
  markSubmissions({ records, submissions: item.submissions });
  const written = { writeId, status: "written", decisions } as const;
  return item.profile === undefined ? written : { ...written, profile: profile.outcomes };
}

/** Everybody who is here already and whom the ref or an identifier names; the ref's own person first. */
async function findHeld(request: ItemWrite): Promise<readonly string[]> {
  const { records, context, hasLedger, item } = request;
  const { ref, identifiers } = item.subject;
  const matched = await matchPeople({ records, identifiers, context, operation: OPERATION, hasLedger });
  // Whom the ledger only reserved is not held: there is nothing that a refusal could end.
  return [...new Set([rootOf({ records, subjectRef: ref }), ...matched])].filter((candidate) => records.people.has(candidate));
}

function judgeDecisions(request: {
  item: SubjectWriteV1;
  fresh: readonly SealedDecision[];
  person: PersonRow | undefined;
}): DecisionOutcomeV1[] {
  const { item, fresh, person } = request;
  const before = person?.states ?? new Map();
  return item.decisions.map((decision) => ({
    decisionId: decision.record.id,
    outcome: fresh.includes(decision) ? judgeDecision({ decision, before }) : "unchanged",
  }));
}

function applyStates(request: { records: MemoryRecords; ref: string; item: SubjectWriteV1 }): void {
  const { records, ref, item } = request;
  const person = records.people.get(ref);
  if (person === undefined) return;
  const states = mergeStates({ before: person.states, arriving: item.states });
  const realStates = mergeStates({ before: person.realStates, arriving: withoutTestStates(item) });
  records.people.set(ref, { ...person, test: person.test && item.subject.test, states, realStates });
}

function toPerson(request: { item: SubjectWriteV1; now: number }): PersonRow {
  const { item, now: heldSince } = request;
  const { ref, country, ageBand, test } = item.subject;
  const nothing = { states: new Map(), realStates: new Map(), attributes: new Map() };
  return { ref, country, ageBand, test, heldSince, ...nothing };
}

/** What lies under a ref that was merged may be cleared, by whoever knows that it is that ref's. */
function onlyClears({ subject, submissions, decisions, states, profile = {} }: SubjectWriteV1): boolean {
  const brings = [...subject.identifiers, ...submissions, ...decisions, ...states];
  return brings.length === 0 && Object.values(profile).every(({ value }) => value === null);
}

function toMerged(): ConnectorError {
  return new ConnectorError({ code: "conflict", connectorId: CONNECTOR_ID, operation: OPERATION, providerCode: "subjectMerged" });
}
