import type { RecordIdsFacetV1 } from "@volenti/core/adapter";
import type { MemoryRecords } from "../transport/memory-records.ts";
import type { MemorySession } from "../transport/memory-session.ts";

/** Where other destinations hold a person whom this system has a link to: an erasure leaves nobody such. */
export function createRecordIds(session: MemorySession): RecordIdsFacetV1 {
  return {
    keep: ({ destinationId, recordIds, signal }) =>
      session.call({
        operation: "recordIds.keep",
        changes: true,
        about: recordIds,
        signal,
        work: async ({ records }) => {
          const linked = new Set([...records.links.values()].map(({ ref }) => ref));
          for (const { subjectRef, recordId } of recordIds) {
            const isHeld = records.people.has(subjectRef) || linked.has(subjectRef);
            if (isHeld) keepOne({ records, subjectRef, destinationId, recordId });
          }
        },
      }),
  };
}

function keepOne(request: { records: MemoryRecords; subjectRef: string; destinationId: string; recordId: string | null }): void {
  const { records, subjectRef, destinationId, recordId } = request;
  const kept = new Map(records.recordIds.get(subjectRef));
  if (recordId === null) kept.delete(destinationId);
  else kept.set(destinationId, recordId);
  if (kept.size === 0) records.recordIds.delete(subjectRef);
  else records.recordIds.set(subjectRef, kept);
}
