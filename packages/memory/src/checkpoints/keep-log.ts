import type { CheckpointsFacetV1, LogEntryV1 } from "@volenti/core/adapter";
import { isOfTest } from "../erasure/erase-test.ts";
import type { MemoryRecords } from "../transport/memory-records.ts";
import type { MemorySession } from "../transport/memory-session.ts";

/** Keeps the one order of all decisions, and the checkpoints over it. */
export function createLogKeeper(session: MemorySession): CheckpointsFacetV1 {
  const read = <Result>(operation: string, work: (records: MemoryRecords) => Result): Promise<Result> =>
    session.call({ operation, changes: false, about: null, work: async ({ records }) => work(records) });
  return {
    appendToLog: ({ limit, signal }) =>
      session.call({
        operation: "checkpoints.appendToLog",
        changes: true,
        about: null,
        signal,
        work: async ({ records }) => append({ records, limit }),
      }),
    async *listLog({ from, until }) {
      const entries = await read("checkpoints.listLog", (records) => readLog({ records, from, until: until ?? records.log.length }));
      for (const entry of entries) yield entry;
    },
    findInLog: ({ decisionId }) => read("checkpoints.findInLog", ({ log }) => toIndex(log.findIndex((entry) => entry.decisionId === decisionId))),
    saveCheckpoint: ({ checkpoint, previousSize }) =>
      session.call({
        operation: "checkpoints.saveCheckpoint",
        changes: true,
        about: null,
        work: async ({ records }) => {
          if ((records.checkpoints.at(-1)?.size ?? null) !== previousSize) return "conflict";
          records.checkpoints.push(checkpoint);
          return "saved";
        },
      }),
    findCheckpoint: ({ atMost }) =>
      read("checkpoints.findCheckpoint", ({ checkpoints }) => checkpoints.findLast(({ size }) => atMost === undefined || size <= atMost) ?? null),
    async *listCheckpoints() {
      yield* await read("checkpoints.listCheckpoints", ({ checkpoints }) => [...checkpoints]);
    },
  };
}

function append(request: { records: MemoryRecords; limit: number }): { appended: number; size: number } {
  const { records, limit } = request;
  const known = new Set(records.log.map(({ decisionId }) => decisionId));
  // The map of all rows is in the order of their recording.
  const next = [...records.decisionsById.values()].filter(
    (row) => !known.has(row.decisionId) && !isOfTest(row) && records.people.get(row.subjectRef)?.test !== true,
  );
  const added = next.slice(0, limit).map(({ decisionId, hash }) => ({ decisionId, hash }));
  records.log.push(...added);
  return { appended: added.length, size: records.log.length };
}

function readLog(request: { records: MemoryRecords; from: number; until: number }): readonly LogEntryV1[] {
  const { records, from, until } = request;
  return records.log.slice(from, until).map(({ decisionId, hash }, offset) => ({
    index: from + offset,
    decisionId,
    hash,
    rowHash: records.decisionsById.get(decisionId)?.hash ?? null,
  }));
}

function toIndex(found: number): number | null {
  return found < 0 ? null : found;
}
