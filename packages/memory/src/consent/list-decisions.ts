import type { ConsentHistoryFacetV1, StoredDecisionV1 } from "@volenti/core/adapter";
import type { MemoryRecords } from "../transport/memory-records.ts";
import type { MemorySession } from "../transport/memory-session.ts";

const OPERATION = "consentHistory.listDecisions";

/** Reads every decision, a person at a time. */
export function createHistoryReader(session: MemorySession): ConsentHistoryFacetV1 {
  return {
    async *listDecisions({ subjectRef }) {
      const refs = subjectRef === undefined ? await listRefs(session) : [subjectRef];
      for (const ref of refs) yield* await readPerson({ session, subjectRef: ref });
    },
    async *listHeads() {
      yield* await session.call({
        operation: "consentHistory.listHeads",
        changes: false,
        about: null,
        work: async ({ records }) => [...records.heads.keys()].toSorted().map((root) => ({ root, jws: records.heads.get(root) ?? "" })),
      });
    },
  };
}

function listRefs(session: MemorySession): Promise<string[]> {
  return session.call({
    operation: OPERATION,
    changes: false,
    about: null,
    work: async ({ records }) => [...records.decisions.keys()].toSorted(),
  });
}

function readPerson(request: { session: MemorySession; subjectRef: string }): Promise<StoredDecisionV1[]> {
  const { session, subjectRef } = request;
  return session.call({
    operation: OPERATION,
    changes: false,
    about: subjectRef,
    work: async ({ records }) => storedDecisionsOf({ records, subjectRef }),
  });
}

/** The decisions of one ref, in the order of their recording. */
export function storedDecisionsOf(request: { records: MemoryRecords; subjectRef: string }): StoredDecisionV1[] {
  const { records, subjectRef } = request;
  const places = new Map(records.log.map(({ decisionId }, index) => [decisionId, index]));
  return (records.decisions.get(subjectRef) ?? []).map((row) => ({
    ...row,
    head: records.heads.get(row.proof.root) ?? null,
    logIndex: places.get(row.decisionId) ?? null,
  }));
}
