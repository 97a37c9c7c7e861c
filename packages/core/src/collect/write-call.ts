import type { SubjectWriteV1, WriteOutcomeV1 } from "../connector/v1/intake-facet-v1.ts";
import { ConnectorError } from "../error/connector-error.ts";
import type { SignedHead } from "../model/decision.ts";
import { callWithRetries, isWorthAnotherCall } from "../retry/call-with-retries.ts";
import type { CollectPorts, Destination } from "./collect-ports.ts";
import type { SubjectEntry } from "./fold-subject-write.ts";
import { canTryAgain, noteFailure } from "./write-outcomes.ts";

/** One person's item of a write, with the submissions that it is made of. */
export interface WriteItem {
  readonly entries: readonly SubjectEntry[];
  readonly write: SubjectWriteV1;
  readonly carriesRefusals: boolean;
}

export interface WriteCallRequest {
  readonly destination: Destination;
  /** As many as the destination takes in one write. */
  readonly items: readonly WriteItem[];
  readonly heads: ReadonlyMap<string, SignedHead>;
  readonly ports: CollectPorts;
  readonly signal: AbortSignal | undefined;
}

interface CallUnderWay extends WriteCallRequest {
  /** What was sent before, whatever it was answered. */
  readonly sent: Set<WriteItem>;
  readonly outcomes: Map<WriteItem, WriteOutcomeV1>;
  readonly startedAt: number;
  readonly carriesRefusals: boolean;
  /** How many items the next write may hold. */
  width: number;
  attempts: number;
}

/** Writes items in one call, and again what failed and is worth it. Never rejects; undefined where the system answered nothing. */
export async function writeCall(request: WriteCallRequest): Promise<ReadonlyMap<WriteItem, WriteOutcomeV1 | undefined>> {
  const { destination, items, ports } = request;
  const carriesRefusals = items.some((item) => item.carriesRefusals);
  const call: CallUnderWay = {
    ...request,
    sent: new Set(),
    outcomes: new Map(),
    startedAt: ports.clock.now(),
    carriesRefusals,
    width: items.length,
    attempts: 0,
  };
  const { outcomes } = call;
  let code: string | undefined;
  try {
    await destination.lane.run({ isUrgent: carriesRefusals, task: () => attemptWithRetries(call) });
  } catch (failure) {
    const error = toConnectorError({ failure, destination });
    code = error.code;
    for (const item of items) if (!outcomes.has(item)) noteFailure({ outcomes, item, error, isAnswered: false });
  }
  ports.observe({
    name: "batchWritten",
    destinationId: destination.id,
    items: items.length,
    failed: [...outcomes.values()].filter(({ status }) => status === "failed").length,
    attempts: call.attempts,
    durationInMs: ports.clock.now() - call.startedAt,
    ...(code === undefined ? {} : { code }),
  });
  return new Map(items.map((item) => [item, outcomes.get(item)]));
}

function attemptWithRetries(call: CallUnderWay): Promise<void> {
  const { destination, ports, signal, carriesRefusals } = call;
  return callWithRetries({
    attempt: (attemptNumber) => {
      call.attempts = attemptNumber;
      return attemptOpenItems(call);
    },
    policy: ports.configuration.retry,
    budget: destination.budget,
    clock: ports.clock,
    random: ports.random,
    carriesRefusals,
    mayRepeatUnknown: mayRepeatUnknown(destination),
    signal: signal ?? ports.endRetries,
    onRetry: (event) => ports.observe({ name: "callRetried", destinationId: destination.id, operation: "write", ...event }),
  });
}

/**
 * One attempt at all items that are still open, in writes of the width that is left; throws when some of them failed and
 * are worth another. Items that were refused together may have hindered one another, or hindered others (a row lock):
 * the next attempt writes at most half as many at once. A call that failed as a whole says nothing of its items, and what
 * a spent call budget refused would only be refused in more calls.
 */
async function attemptOpenItems(call: CallUnderWay): Promise<void> {
  const { destination, items, outcomes, signal, width } = call;
  if (signal?.aborted === true) throw abortedBeforeWriting(destination);
  const isOpen = (item: WriteItem): boolean => canTryAgain({ outcome: outcomes.get(item), mayRepeatUnknown: mayRepeatUnknown(destination) });
  const open = items.filter(isOpen);
  let widestFailure = 0;
  let retryable: ConnectorError | null = null;
  for (let start = 0; start < open.length; start += width) {
    if (start > 0 && !mayWriteOnce(call)) break;
    const part = open.slice(start, start + width);
    const error = await writePart({ call, part });
    if (error === null) continue;
    retryable = error;
    if (error.code === "rateLimited") break;
    widestFailure = Math.max(widestFailure, part.length);
  }
  if (retryable === null) return;
  if (widestFailure > 0) call.width = Math.max(1, Math.floor(widestFailure / 2));
  throw retryable;
}

/** Whether the budgets of time and of retries allow a further write within an attempt: it is a retry of its own. */
function mayWriteOnce(call: CallUnderWay): boolean {
  const { destination, ports, signal, startedAt, carriesRefusals } = call;
  if (signal?.aborted === true || ports.endRetries?.aborted === true) return false;
  if (ports.clock.now() - startedAt > ports.configuration.retry.totalBudgetInMs) return false;
  return destination.budget.take({ carriesRefusals });
}

/** One write; notes what became of its items, and answers the failure of one of them that is worth another write. */
async function writePart(request: { call: CallUnderWay; part: readonly WriteItem[] }): Promise<ConnectorError | null> {
  const { call, part } = request;
  const { destination, heads, outcomes, signal } = call;
  const items = part.map((item) => (call.sent.has(item) ? asKnown(item.write) : item.write));
  for (const item of part) call.sent.add(item);
  const roots = new Set(part.flatMap(({ write }) => write.decisions.map(({ proof }) => proof.root)));
  let answers: readonly WriteOutcomeV1[];
  try {
    answers = await destination.connector.intake.write({
      items,
      heads: [...heads.values()].filter(({ root }) => roots.has(root)),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (failure) {
    const error = toConnectorError({ failure, destination });
    for (const item of part) noteFailure({ outcomes, item, error, isAnswered: false });
    throw failure;
  }
  const byId = new Map(answers.map((answer) => [answer.writeId, answer]));
  let retryable: ConnectorError | null = null;
  for (const item of part) {
    const answer = byId.get(item.write.writeId);
    if (answer === undefined) continue;
    if (answer.status !== "failed") {
      outcomes.set(item, answer);
      continue;
    }
    noteFailure({ outcomes, item, error: answer.error, isAnswered: true });
    const isRetryable = isWorthAnotherCall({ error: answer.error, mayRepeatUnknown: mayRepeatUnknown(destination) });
    // A call budget that is spent decides about all of them, and names when.
    if (isRetryable && retryable?.code !== "rateLimited") retryable = answer.error;
  }
  return retryable;
}

/** As it is sent again: an attempt before may have made the person. */
function asKnown(write: SubjectWriteV1): SubjectWriteV1 {
  const { isNew: _isNew, ...subject } = write.subject;
  return { ...write, subject };
}

function abortedBeforeWriting(destination: Destination): ConnectorError {
  const { connectorId } = destination.connector;
  return new ConnectorError({ code: "unavailable", connectorId, operation: "write", providerCode: "aborted", retry: { kind: "never" } });
}

function mayRepeatUnknown(destination: Destination): boolean {
  return destination.connector.traits.idempotency !== "none";
}

function toConnectorError(request: { failure: unknown; destination: Destination }): ConnectorError {
  const { failure, destination } = request;
  if (ConnectorError.isInstance(failure)) return failure;
  // Whatever a connector throws that is not its own error leaves it open whether the write happened.
  return new ConnectorError({
    code: "outcomeUnknown",
    connectorId: destination.connector.connectorId,
    operation: "write",
    cause: failure,
  });
}
