import { ConnectorError, endsPermission, type SubjectWriteV1, type WriteBatchV1, type WriteOutcomeV1 } from "@volenti/core/adapter";
import { CONNECTOR_ID, type SalesforceSession } from "../transport/salesforce-session.ts";
import { judgeItem } from "./judge-item.ts";
import { mendProfiles } from "./mend-profiles.ts";
import { beginProgress, type PersonProgress } from "./person-progress.ts";
import { planPeople, type PersonTask } from "./plan-person.ts";
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
  await afterRows({ people, terms, work: mendProfiles });
  await afterRows({ people, terms, work: settleFlags });
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
  const current = session.settings.staleWriteGuard === "readThenWrite" ? tasks.map((task) => withoutStale({ task, before })) : tasks;
  const plans = await planPeople({ session, context: session.context(OPERATION), tasks: current, heads });
  const ordered = plans.toSorted((left, right) => (left.ref < right.ref ? -1 : 1));
  const { bulk } = session.settings;
  const write = bulk !== null && ordered.length >= bulk.fromSubmissions ? writeRowsInBulk : writeRows;
  const written = await write({ ...terms, people: ordered.map(({ rows }) => rows) });
  const failed = new ConnectorError({ code: "outcomeUnknown", connectorId: CONNECTOR_ID, operation: OPERATION });
  const progress = new Map(ordered.map((plan, index) => [plan, beginProgress({ plan, written: written[index] ?? { error: failed } })]));
  return { people: plans.flatMap((plan) => progress.get(plan) ?? []), before, settled };
}

/**
 * Whose states must be known before the write: everybody's where the org does not guard them; else only of those who
 * bring several decisions under one key, because the org tells how the greatest of them fared, and no other.
 */
function refsToRead(request: { session: SalesforceSession; tasks: readonly PersonTask[] }): string[] {
  const { session, tasks } = request;
  const isRead = ({ item }: PersonTask): boolean =>
    session.settings.staleWriteGuard === "readThenWrite" || hasSeveralUnderOneKey(item);
  return [...new Set(tasks.filter(isRead).map(({ ref }) => ref))];
}

function withoutStale(request: { task: PersonTask; before: StandingStates }): PersonTask {
  const { task, before } = request;
  return { ...task, states: task.states.filter((state) => before.isGreater({ ref: task.ref, state })) };
}

/** What follows the rows can fail without undoing them: then the item comes again, and finds its rows there. */
async function afterRows(request: {
  people: readonly PersonProgress[];
  terms: CallTerms;
  work: (terms: CallTerms, people: readonly PersonProgress[]) => Promise<void>;
}): Promise<void> {
  const { people, terms, work } = request;
  try {
    await work(terms, people);
  } catch (error) {
    terms.signal?.throwIfAborted();
    if (!ConnectorError.isInstance(error)) throw error;
    for (const person of people) person.failure ??= error;
  }
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
