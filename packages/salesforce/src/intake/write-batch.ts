import { ConnectorError, endsPermission, type SubjectWriteV1, type WriteBatchV1, type WriteOutcomeV1 } from "@volenti/core/adapter";
import { CONNECTOR_ID, type SalesforceSession } from "../transport/salesforce-session.ts";
import { guardOf } from "../doctor/guard-of.ts";
import { judgeItem } from "./judge-item.ts";
import { mendProfiles } from "./mend-profiles.ts";
import { beginProgress, type PersonProgress } from "./person-progress.ts";
import { planPeople, type PersonPlan, type PersonTask } from "./plan-person.ts";
import type { CallTerms } from "./send-composite.ts";
import { settleFlags } from "./settle-flags.ts";
import { readStandingStates, type StandingStates } from "./standing-states.ts";
import { hasSeveralUnderOneKey } from "./several-under-one-key.ts";
import { toTasks } from "./to-tasks.ts";
import { writeLinkedPerson } from "./write-linked-person.ts";
import { writeRows } from "./write-rows.ts";
import { writeRowsInBulk } from "./write-rows-in-bulk.ts";

const OPERATION = "intake.write";

/** The one write: who the people are, their rows in as few calls as hold them, and then what only the answers tell. */
export async function writeBatch(request: { session: SalesforceSession; batch: WriteBatchV1 }): Promise<readonly WriteOutcomeV1[]> {
  const { session, batch } = request;
  batch.signal?.throwIfAborted();
  session.context(OPERATION);
  const terms: CallTerms = { session, operation: OPERATION, isUrgent: batch.items.some(carriesRefusals), signal: batch.signal };
  const outcomes = new Map<string, WriteOutcomeV1>();
  const { people, before, settled } = await writePeople({ terms, batch });
  for (const outcome of settled) outcomes.set(outcome.writeId, outcome);
  await mendProfiles(terms, people);
  await settleFlags(terms, people);
  for (const [item, progress] of Map.groupBy(people, ({ plan }) => plan.item)) {
    outcomes.set(item.writeId, judgeItem({ people: progress, before, settings: session.settings }));
  }
  const answers = batch.items.map(({ writeId }) => outcomes.get(writeId) ?? unanswered(writeId));
  throwCommonFailure(answers);
  return answers;
}

interface WrittenPeople {
  readonly people: readonly PersonProgress[];
  readonly before: StandingStates;
  readonly settled: readonly WriteOutcomeV1[];
}

async function writePeople(request: { terms: CallTerms; batch: WriteBatchV1 }): Promise<WrittenPeople> {
  const { terms, batch } = request;
  const { session } = terms;
  const heads = new Map(batch.heads.map(({ root, jws }) => [root, jws]));
  const linked = await writeLinkedPerson({ ...terms, items: batch.items, heads });
  if (linked?.kind === "written") return { people: [linked.progress], before: await readStandingStates({ ...terms, refs: [] }), settled: [] };
  const { tasks, settled } = await toTasks({ ...terms, items: batch.items, people: linked?.people ?? undefined });
  const before = await readStandingStates({ ...terms, refs: refsToRead({ session, tasks }) });
  const current = guardOf(session) === "readThenWrite" ? tasks.map((task) => withoutStale({ task, before })) : tasks;
  const plans = await planPeople({ session, context: session.context(OPERATION), tasks: current, heads });
  const progress = await writePlans({ terms, plans });
  return { people: plans.flatMap((plan) => progress.get(plan) ?? []), before, settled };
}

/**
 * Writes the rows, refusals first, a person's together. Two items may be about one person (refusals that follow them under
 * other refs): a key is written once a call, and each item has the answer to its own rows.
 */
async function writePlans(request: { terms: CallTerms; plans: readonly PersonPlan[] }): Promise<ReadonlyMap<PersonPlan, PersonProgress>> {
  const { terms, plans } = request;
  const { bulk } = terms.session.settings;
  const { first = [], second = [] } = Object.groupBy(plans, ({ item }) => (carriesRefusals(item) ? "first" : "second"));
  const ordered = [...first.toSorted(byRef), ...second.toSorted(byRef)];
  const failed = new ConnectorError({ code: "outcomeUnknown", connectorId: CONNECTOR_ID, operation: OPERATION });
  const progress = new Map<PersonPlan, PersonProgress>();
  for (const turn of turnsOf(ordered)) {
    const write = bulk !== null && turn.length >= bulk.fromSubmissions ? writeRowsInBulk : writeRows;
    const written = await write({ ...terms, people: turn.map(({ rows }) => rows) });
    turn.forEach((plan, index) => progress.set(plan, beginProgress({ plan, written: written[index] ?? { error: failed } })));
  }
  return progress;
}

function byRef(left: PersonPlan, right: PersonPlan): number {
  return left.ref < right.ref ? -1 : 1;
}

/** The first plan of everybody, then the second of those who have two, and so on. */
function turnsOf(plans: readonly PersonPlan[]): readonly (readonly PersonPlan[])[] {
  const keys = plans.map(({ ref }) => ref.toLowerCase());
  // Nearly always nobody has two.
  if (new Set(keys).size === plans.length) return plans.length === 0 ? [] : [plans];
  const turns: PersonPlan[][] = [];
  for (const ofPerson of Map.groupBy(plans, (_, index) => keys[index]).values()) {
    for (const [turn, plan] of ofPerson.entries()) (turns[turn] ??= []).push(plan);
  }
  return turns;
}

/**
 * Whose states must be known before the write: everybody's where the org does not guard them; else only of those who
 * bring several decisions under one key, because the org tells how the greatest of them fared, and no other.
 */
function refsToRead(request: { session: SalesforceSession; tasks: readonly PersonTask[] }): string[] {
  const { session, tasks } = request;
  const isRead = ({ item }: PersonTask): boolean =>
    guardOf(session) === "readThenWrite" || hasSeveralUnderOneKey(item);
  return [...new Set(tasks.filter(isRead).map(({ ref }) => ref))];
}

function withoutStale(request: { task: PersonTask; before: StandingStates }): PersonTask {
  const { task, before } = request;
  return { ...task, states: task.states.filter((state) => !before.isStale({ ref: task.ref, state })) };
}

/** A failure that every item shares is one of the call: core then knows that the destination as a whole has it. */
function throwCommonFailure(answers: readonly WriteOutcomeV1[]): void {
  const errors = new Set(answers.map((answer) => (answer.status === "failed" ? answer.error : null)));
  const [error] = errors;
  if (errors.size === 1 && error !== null && error !== undefined && answers.length > 1) throw error;
}

function carriesRefusals({ decisions }: SubjectWriteV1): boolean {
  return decisions.some(({ record }) => endsPermission(record.status));
}

function unanswered(writeId: string): WriteOutcomeV1 {
  return { writeId, status: "failed", error: new ConnectorError({ code: "outcomeUnknown", connectorId: CONNECTOR_ID, operation: OPERATION }) };
}
