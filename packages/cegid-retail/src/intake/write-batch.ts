import { ConnectorError, endsPermission, type SubjectWriteV1, type WriteBatchV1, type WriteOutcomeV1 } from "@volenti/core/adapter";
import { failCall, type CallTerms } from "../identity/call-terms.ts";
import type { LookUpOrder } from "../identity/look-up-order.ts";
import type { CegidSession } from "../transport/cegid-session.ts";
import { answerItem } from "./answer-item.ts";
import { toRefusals, type RefusalFollowUp } from "./refusal-follow-up.ts";
import type { RefusalWatch } from "./watch-refusals.ts";
import { writeExisting } from "./write-existing.ts";
import { writeUpsert } from "./write-upsert.ts";

const OPERATION = "intake.write";

/** What is wrong with the way to the folder, and not with a customer: whoever goes on is locked out, or refused once more. */
const STOPPING: ReadonlySet<string> = new Set(["unauthenticated", "invalidConfiguration", "rateLimited"]);

interface BatchWork {
  readonly session: CegidSession;
  readonly watch: RefusalWatch;
  readonly order: LookUpOrder;
  readonly batch: WriteBatchV1;
}

/**
 * The one write. Y2 takes a customer a call: as many customers at once as calls may be under way, so that little time passes
 * between a record's read and its write; those with refusals first.
 */
export async function writeBatch(work: BatchWork): Promise<readonly WriteOutcomeV1[]> {
  const { session, watch, batch: { items, signal } } = work;
  signal?.throwIfAborted();
  session.context(OPERATION);
  const outcomes = new Map<SubjectWriteV1, WriteOutcomeV1>();
  const refusals: RefusalFollowUp[] = [];
  const waiting = items.toSorted((left, right) => Number(refuses(right)) - Number(refuses(left)))[Symbol.iterator]();
  let stop: ConnectorError | null = null;
  const writeInTurn = async (): Promise<void> => {
    for (const item of waiting) {
      const { writeId } = item;
      const outcome: WriteOutcomeV1 = stop === null ? await writeItem({ ...work, item, refusals }) : { writeId, status: "failed", error: stop };
      if (outcome.status === "failed" && isStopping(outcome.error)) stop = outcome.error;
      outcomes.set(item, outcome);
    }
  };
  await Promise.all(Array.from({ length: Math.min(items.length, session.settings.maxConcurrency) }, writeInTurn));
  await watch.watch(refusals);
  const unanswered = failCall({ terms: { session, operation: OPERATION }, code: "outcomeUnknown" });
  const answers = items.map((item): WriteOutcomeV1 => outcomes.get(item) ?? { writeId: item.writeId, status: "failed", error: unanswered });
  throwCommonFailure(answers);
  return answers;
}

/** Where nobody could be written as the folder was not to be reached, or the connector is closed, the batch failed and not its items. */
function throwCommonFailure(answers: readonly WriteOutcomeV1[]): void {
  const errors = answers.map((answer) => (answer.status === "failed" ? answer.error : null));
  const [first = null] = errors;
  if (first === null || !errors.every((error) => error?.code === first.code && error.providerCode === first.providerCode)) return;
  if (STOPPING.has(first.code) || first.code === "unavailable" || first.providerCode === "closed") throw first;
}

/** Adds what it refused, in each record, to `refusals`. */
async function writeItem(request: BatchWork & { item: SubjectWriteV1; refusals: RefusalFollowUp[] }): Promise<WriteOutcomeV1> {
  const { session, order, batch: { signal }, item, refusals } = request;
  const { writeId, mode } = item;
  const terms: CallTerms = { session, operation: OPERATION, isUrgent: refuses(item), signal };
  try {
    const written = mode === "existingOnly" ? await writeExisting({ terms, item }) : [await writeUpsert({ terms, item, order })];
    refusals.push(...written.flatMap(({ stored }) => toRefusals({ item, customerId: stored?.CustomerId ?? "" }) ?? []));
    const [first, ...others] = written;
    return first === undefined ? { writeId, status: "notHeld" } : answerItem({ terms, item, settled: first, others });
  } catch (error) {
    if (!ConnectorError.isInstance(error)) throw error;
    return { writeId, status: "failed", error };
  }
}

/** A fault of the service's own, 500, may be that of one record; a folder that does not answer is nobody's. */
function isStopping({ code, httpStatus }: ConnectorError): boolean {
  return STOPPING.has(code) || (code === "unavailable" && httpStatus !== 500);
}

function refuses({ decisions }: SubjectWriteV1): boolean {
  return decisions.some(({ record }) => endsPermission(record.status));
}
