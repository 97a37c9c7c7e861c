import type { HoldV1 } from "@volenti/core/adapter";
import type { MemoryRecords } from "../transport/memory-records.ts";

/** The person that a ref is now: itself, or whom its identifiers were given to in the end. */
export function rootOf(request: { records: MemoryRecords; subjectRef: string }): string {
  const { records } = request;
  let root = request.subjectRef;
  for (let next = records.merges.get(root); next !== undefined; next = records.merges.get(root)) root = next;
  return root;
}

/** Whether anything names this person: records, an identifier, or a merge. Whoever was erased is nobody. */
export function isSomebody(request: { records: MemoryRecords; subjectRef: string }): boolean {
  const { people, links, merges } = request.records;
  const { subjectRef } = request;
  return people.has(subjectRef) || merges.has(subjectRef) || [...links.values()].some(({ ref }) => ref === subjectRef);
}

/** The holds that stand in the way of an erasure now. A hold of either of two who were merged is a hold of both. */
export function holdsInForce(request: { records: MemoryRecords; subjectRef: string; now: number }): readonly HoldV1[] {
  const root = rootOf(request);
  return [...request.records.holds.values()].filter(
    ({ ref, liftedAt, until }) => ref === root && liftedAt === null && (until === null || until > request.now),
  );
}

export function isHeld(request: { records: MemoryRecords; subjectRef: string; now: number }): boolean {
  return holdsInForce(request).length > 0;
}
