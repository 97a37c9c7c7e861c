import type { WriteOutcomeV1 } from "../connector/v1/intake-facet-v1.ts";
import { endsPermission } from "../model/consent-status.ts";
import type { SignedHead } from "../model/decision.ts";
import { toBase32 } from "../support/bytes.ts";
import type { CollectPorts, Destination } from "./collect-ports.ts";
import { foldSubjectWrite, type SubjectEntry } from "./fold-subject-write.ts";
import { tellSubmissions, type EntryOutcome } from "./tell-submissions.ts";
import { keepRecordIds } from "./keep-record-ids.ts";
import { toDestinationOutcome } from "./to-destination-outcome.ts";
import { writeCall, type WriteItem } from "./write-call.ts";

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
  const { entries } = request;
  const told = new Map<SubjectEntry, EntryOutcome>();
  const groups = [...Map.groupBy(entries, ({ ref }) => ref).values()];
  const outcomes = await writeItems({ ...request, items: toItems({ ...request, groups, isFirst: true }) });
  const refused: SubjectEntry[][] = [];
  for (const [item, outcome] of outcomes) {
    if (item.entries.length > 1 && isRefused(outcome)) refused.push(refusalsFirst(item.entries));
    else for (const [entry, of] of tellItem({ item, outcome })) told.set(entry, of);
  }
  // One submission of each person at a time: a call never names a person twice, and each sees what stood before it.
  const longest = Math.max(0, ...refused.map((group) => group.length));
  for (let turn = 0; turn < longest; turn += 1) {
    const alone = refused.map((group) => group.slice(turn, turn + 1)).filter((group) => group.length > 0);
    const answers = await writeItems({ ...request, items: toItems({ ...request, groups: alone, isFirst: false }) });
    for (const [item, outcome] of answers) for (const [entry, of] of tellItem({ item, outcome })) told.set(entry, of);
  }
  return told;
}

/**
 * Whether the system said no to the item as a whole, in a way that another call would not change. What nobody could read
 * is no such answer: the item may be written, and a part of it that then fails alone would be told as if it were not.
 */
function isRefused(outcome: WriteOutcomeV1 | undefined): boolean {
  return outcome?.status === "failed" && outcome.error.retry.kind === "never" && toDestinationOutcome(outcome.error).outcome !== "unknown";
}

function refusalsFirst(entries: readonly SubjectEntry[]): SubjectEntry[] {
  return entries.toSorted((left, right) => Number(carriesRefusals(right)) - Number(carriesRefusals(left)));
}

function carriesRefusals({ decisions }: Pick<SubjectEntry, "decisions">): boolean {
  return decisions.some(({ sealed }) => endsPermission(sealed.record.status));
}

function toItems(request: { destination: Destination; groups: readonly (readonly SubjectEntry[])[]; ports: CollectPorts; isFirst: boolean }): WriteItem[] {
  const { destination, groups, ports, isFirst } = request;
  const items: WriteItem[] = [];
  const batchId = toBase32(ports.configuration.crypto.randomBytes(16));
  for (const group of groups) {
    const write = foldSubjectWrite({ entries: group, destinationId: destination.id, writeId: `${batchId}-${items.length}`, isFirst });
    if (write !== null) items.push({ entries: group, write, carriesRefusals: group.some(carriesRefusals) });
  }
  return items.toSorted((left, right) => Number(right.carriesRefusals) - Number(left.carriesRefusals));
}

async function writeItems(request: {
  destination: Destination;
  items: readonly WriteItem[];
  ports: CollectPorts;
  signal?: AbortSignal | undefined;
}): Promise<ReadonlyMap<WriteItem, WriteOutcomeV1 | undefined>> {
  const { destination, items, ports, signal } = request;
  const decisions = items.flatMap(({ entries }) => entries.flatMap((entry) => entry.decisions));
  const heads = new Map<string, SignedHead>(decisions.map(({ head }): [string, SignedHead] => [head.root, head]));
  const size = Math.max(1, destination.connector.traits.maxBatchSize);
  const calls: WriteItem[][] = [];
  for (let start = 0; start < items.length; start += size) calls.push(items.slice(start, start + size));
  const outcomes = await Promise.all(calls.map((call) => writeCall({ destination, items: call, heads, ports, signal })));
  const answers = new Map(outcomes.flatMap((answered) => [...answered]));
  await keepRecordIds({ destinationId: destination.id, answers, ports, signal });
  return answers;
}

function tellItem(request: { item: WriteItem; outcome: WriteOutcomeV1 | undefined }): [SubjectEntry, EntryOutcome][] {
  const { item, outcome } = request;
  if (outcome === undefined) return item.entries.map((entry) => [entry, { outcome: "unknown", code: "malformedResponse" }]);
  const told = tellSubmissions({ entries: item.entries, outcome });
  return item.entries.map((entry, index) => [entry, told[index] ?? { outcome: "unknown" }]);
}
