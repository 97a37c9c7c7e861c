import type { SubjectWriteV1, WriteOutcomeV1 } from "../connector/v1/intake-facet-v1.ts";
import { ConnectorError } from "../error/connector-error.ts";
import { endsPermission } from "../model/consent-status.ts";
import type { SignedHead } from "../model/decision.ts";
import { callWithRetries, isWorthAnotherCall } from "../retry/call-with-retries.ts";
import { toBase32 } from "../support/bytes.ts";
import type { CollectPorts, Destination } from "./collect-ports.ts";
import { foldSubjectWrite, type SubjectEntry } from "./fold-subject-write.ts";
import { tellSubmissions, type EntryOutcome } from "./tell-submissions.ts";

interface Item {
  readonly entries: readonly SubjectEntry[];
  readonly write: SubjectWriteV1;
  readonly carriesRefusals: boolean;
}

/**
 * Writes what a batch brings to one destination: an item a person, items with refusals first, in calls as wide as the
 * destination takes. Only what failed and may be sent again is sent again. An item of several submissions that is
 * refused is taken apart, so that one submission's fault is not another's. Never rejects.
 */
export async function writeToDestination(request: {
  destination: Destination;
  entries: readonly SubjectEntry[];
  ports: CollectPorts;
  signal?: AbortSignal | undefined;
}): Promise<ReadonlyMap<SubjectEntry, EntryOutcome>> {
  const { entries, ports } = request;
  const told = new Map<SubjectEntry, EntryOutcome>();
  const groups = [...Map.groupBy(entries, ({ ref }) => ref).values()];
  const outcomes = await writeItems({ ...request, items: toItems({ groups, ports }) });
  const refused: SubjectEntry[][] = [];
  for (const [item, outcome] of outcomes) {
    if (item.entries.length > 1 && isRefused(outcome)) refused.push(refusalsFirst(item.entries));
    else for (const [entry, of] of tellItem({ item, outcome })) told.set(entry, of);
  }
  // One submission of each person at a time: a call never names a person twice, and each sees what stood before it.
  const longest = Math.max(0, ...refused.map((group) => group.length));
  for (let turn = 0; turn < longest; turn += 1) {
    const alone = refused.map((group) => group.slice(turn, turn + 1)).filter((group) => group.length > 0);
    const answers = await writeItems({ ...request, items: toItems({ groups: alone, ports }) });
    for (const [item, outcome] of answers) for (const [entry, of] of tellItem({ item, outcome })) told.set(entry, of);
  }
  return told;
}

/** Whether the system said no to the item as a whole, in a way that another call would not change. */
function isRefused(outcome: WriteOutcomeV1 | undefined): boolean {
  return outcome?.status === "failed" && outcome.error.retry.kind === "never";
}

function refusalsFirst(entries: readonly SubjectEntry[]): SubjectEntry[] {
  return entries.toSorted((left, right) => Number(carriesRefusals(right)) - Number(carriesRefusals(left)));
}

function carriesRefusals({ decisions }: Pick<SubjectEntry, "decisions">): boolean {
  return decisions.some(({ sealed }) => endsPermission(sealed.record.status));
}

function toItems(request: { groups: readonly (readonly SubjectEntry[])[]; ports: CollectPorts }): Item[] {
  const { groups, ports } = request;
  const items: Item[] = [];
  const batchId = toBase32(ports.configuration.crypto.randomBytes(16));
  for (const group of groups) {
    const write = foldSubjectWrite({ entries: group, writeId: `${batchId}-${items.length}` });
    if (write !== null) items.push({ entries: group, write, carriesRefusals: group.some(carriesRefusals) });
  }
  return items.toSorted((left, right) => Number(right.carriesRefusals) - Number(left.carriesRefusals));
}

async function writeItems(request: {
  destination: Destination;
  items: readonly Item[];
  ports: CollectPorts;
  signal?: AbortSignal | undefined;
}): Promise<ReadonlyMap<Item, WriteOutcomeV1 | undefined>> {
  const { destination, items, ports, signal } = request;
  const decisions = items.flatMap(({ entries }) => entries.flatMap((entry) => entry.decisions));
  const heads = new Map<string, SignedHead>(decisions.map(({ head }): [string, SignedHead] => [head.root, head]));
  const size = Math.max(1, destination.connector.traits.maxBatchSize);
  const calls: Item[][] = [];
  for (let start = 0; start < items.length; start += size) calls.push(items.slice(start, start + size));
  const outcomes = await Promise.all(calls.map((call) => writeCall({ destination, call, heads, ports, signal })));
  return new Map(outcomes.flatMap((answered) => [...answered]));
}

interface Call {
  readonly destination: Destination;
  readonly call: readonly Item[];
  readonly heads: ReadonlyMap<string, SignedHead>;
  readonly ports: CollectPorts;
  readonly signal: AbortSignal | undefined;
}

async function writeCall(request: Call): Promise<ReadonlyMap<Item, WriteOutcomeV1 | undefined>> {
  const { destination, call, ports } = request;
  const startedAt = ports.clock.now();
  const outcomes = new Map<Item, WriteOutcomeV1>();
  let attempts = 0;
  let code: string | undefined;
  try {
    await attemptWithRetries({ ...request, outcomes, onAttempt: (attemptNumber) => (attempts = attemptNumber) });
  } catch (failure) {
    const error = toConnectorError({ failure, destination });
    code = error.code;
    for (const item of call) {
      if (!outcomes.has(item)) outcomes.set(item, { writeId: item.write.writeId, status: "failed", error });
    }
  }
  ports.observe({
    name: "batchWritten",
    destinationId: destination.id,
    items: call.length,
    failed: [...outcomes.values()].filter(({ status }) => status === "failed").length,
    attempts,
    durationInMs: ports.clock.now() - startedAt,
    ...(code === undefined ? {} : { code }),
  });
  return new Map(call.map((item) => [item, outcomes.get(item)]));
}

function attemptWithRetries(
  request: Call & { outcomes: Map<Item, WriteOutcomeV1>; onAttempt: (attemptNumber: number) => void },
): Promise<void> {
  const { destination, call, ports, signal, onAttempt } = request;
  const carriesRefusals = call.some((item) => item.carriesRefusals);
  return destination.lane.run({
    isUrgent: carriesRefusals,
    task: () =>
      callWithRetries({
        attempt: (attemptNumber) => {
          onAttempt(attemptNumber);
          return attemptCall(request);
        },
        policy: ports.configuration.retry,
        budget: destination.budget,
        clock: ports.clock,
        random: ports.random,
        carriesRefusals,
        mayRepeatUnknown: mayRepeatUnknown(destination),
        signal: signal ?? ports.endRetries,
        onRetry: (event) => ports.observe({ name: "callRetried", destinationId: destination.id, operation: "write", ...event }),
      }),
  });
}

function tellItem(request: { item: Item; outcome: WriteOutcomeV1 | undefined }): [SubjectEntry, EntryOutcome][] {
  const { item, outcome } = request;
  if (outcome === undefined) return item.entries.map((entry) => [entry, { outcome: "unknown", code: "malformedResponse" }]);
  const told = tellSubmissions({ entries: item.entries, outcome });
  return item.entries.map((entry, index) => [entry, told[index] ?? { outcome: "unknown" }]);
}

/** One attempt at all items that are still open; throws when some of them failed and are worth another call. */
async function attemptCall(request: Call & { outcomes: Map<Item, WriteOutcomeV1> }): Promise<void> {
  const { destination, call, heads, outcomes, signal } = request;
  if (signal?.aborted === true) throw abortedBeforeWriting(destination);
  const open = call.filter((item) => outcomes.get(item)?.status !== "written" && !isFinal({ outcome: outcomes.get(item), destination }));
  const roots = new Set(open.flatMap(({ write }) => write.decisions.map(({ proof }) => proof.root)));
  const answers = await destination.connector.intake.write({
    items: open.map(({ write }) => write),
    heads: [...heads.values()].filter(({ root }) => roots.has(root)),
    ...(signal === undefined ? {} : { signal }),
  });
  const byId = new Map(answers.map((answer) => [answer.writeId, answer]));
  let retryable: ConnectorError | null = null;
  for (const item of open) {
    const answer = byId.get(item.write.writeId);
    if (answer === undefined) continue;
    outcomes.set(item, answer);
    if (answer.status === "failed" && !isFinal({ outcome: answer, destination })) retryable = answer.error;
  }
  if (retryable !== null) throw retryable;
}

function isFinal(request: { outcome: WriteOutcomeV1 | undefined; destination: Destination }): boolean {
  const { outcome, destination } = request;
  if (outcome === undefined) return false;
  if (outcome.status !== "failed") return true;
  return !isWorthAnotherCall({ error: outcome.error, mayRepeatUnknown: mayRepeatUnknown(destination) });
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
