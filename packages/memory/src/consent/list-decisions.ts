import type { ConsentHistoryFacetV1, StoredDecisionV1 } from "@volenti/core/adapter";
import type { MemoryRecords } from "../transport/memory-records.ts";
import type { MemorySession } from "../transport/memory-session.ts";

const OPERATION = "consentHistory.listDecisions";

/** People whose decisions are read in one transaction. */
const PEOPLE_TOGETHER = 100;

/** Reads every decision, some people at a time. */
export function createHistoryReader(session: MemorySession): ConsentHistoryFacetV1 {
  return {
    async *listDecisions({ subjectRef }) {
      const refs = subjectRef === undefined ? await listRefs(session) : [subjectRef];
      const places = await listPlaces(session);
      for (let start = 0; start < refs.length; start += PEOPLE_TOGETHER) {
        // Handing a list over as a whole would cost each of its rows several turns of the event loop.
        for (const decision of await readPeople({ session, subjectRefs: refs.slice(start, start + PEOPLE_TOGETHER), places })) yield decision;
      }
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

function listPlaces(session: MemorySession): Promise<ReadonlyMap<string, number>> {
  return session.call({ operation: OPERATION, changes: false, about: null, work: async ({ records }) => placesOf(records) });
}

function placesOf({ log }: MemoryRecords): ReadonlyMap<string, number> {
  return new Map(log.map(({ decisionId }, index) => [decisionId, index]));
}

function readPeople(request: {
  session: MemorySession;
  subjectRefs: readonly string[];
  places: ReadonlyMap<string, number>;
}): Promise<StoredDecisionV1[]> {
  const { session, subjectRefs, places } = request;
  return session.call({
    operation: OPERATION,
    changes: false,
    about: subjectRefs,
    work: async ({ records }) => subjectRefs.flatMap((subjectRef) => storedDecisionsOf({ records, subjectRef, places })),
  });
}

/** The decisions of one ref, in the order of their recording. Whoever reads many gives their places in the log. */
export function storedDecisionsOf(request: {
  records: MemoryRecords;
  subjectRef: string;
  places?: ReadonlyMap<string, number>;
}): StoredDecisionV1[] {
  const { records, subjectRef, places = placesOf(records) } = request;
  return (records.decisions.get(subjectRef) ?? []).map(({ decisionId, canonical, hash, proof, recordedAt, chain, subjectRef: ref }) => ({
    subjectRef: ref,
    decisionId,
    canonical,
    hash,
    proof,
    recordedAt,
    chain,
    head: records.heads.get(proof.root) ?? null,
    logIndex: places.get(decisionId) ?? null,
  }));
}
