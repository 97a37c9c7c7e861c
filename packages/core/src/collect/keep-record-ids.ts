import type { WriteOutcomeV1 } from "../connector/v1/intake-facet-v1.ts";
import type { RecordIdV1 } from "../connector/v1/record-ids-facet-v1.ts";
import type { CollectPorts } from "./collect-ports.ts";
import type { WriteItem } from "./write-call.ts";

/** As long as an id may be: more is no id. */
const MAX_LENGTH = 200;

/**
 * Has the routes' ledgers keep which records a destination named, where they know otherwise: one call a ledger, none where nothing
 * is new. It is a hint: one that is lost costs the next write a search, and no submission is told of it.
 */
export async function keepRecordIds(request: {
  destinationId: string;
  answers: ReadonlyMap<WriteItem, WriteOutcomeV1 | undefined>;
  ports: CollectPorts;
  signal?: AbortSignal | undefined;
}): Promise<void> {
  const { destinationId, answers, ports, signal } = request;
  const news = [...answers].flatMap(([item, outcome]) => readNews({ item, outcome }));
  const byLedger = Map.groupBy(news, ({ ledgerId }) => ledgerId);
  await Promise.all(
    [...byLedger].map(async ([ledgerId, kept]) => {
      const ledger = ports.destinations.get(ledgerId);
      const facet = ledger?.connector.recordIds;
      if (ledger === undefined || facet === undefined) return;
      const recordIds = kept.map(({ subjectRef, recordId }): RecordIdV1 => ({ subjectRef, recordId }));
      const task = (): Promise<void> => facet.keep({ destinationId, recordIds, signal });
      await ledger.lane.run({ isUrgent: false, task }).catch(() => undefined);
    }),
  );
}

function readNews(request: { item: WriteItem; outcome: WriteOutcomeV1 | undefined }): readonly (RecordIdV1 & { ledgerId: string })[] {
  const { item: { write, entries }, outcome } = request;
  if (outcome?.status !== "written" || outcome.recordId === undefined || write.mode !== "upsert") return [];
  const { recordId } = outcome;
  const ledgerId = entries.find(({ isNamed, mode }) => isNamed && mode === "upsert")?.prepared.plan.ledgerId ?? null;
  const { ref: subjectRef, recordId: known = null } = write.subject;
  if (ledgerId === null || recordId === known || recordId === "" || (recordId?.length ?? 0) > MAX_LENGTH) return [];
  return [{ subjectRef, recordId, ledgerId }];
}
