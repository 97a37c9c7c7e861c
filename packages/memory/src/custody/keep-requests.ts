import type { CustodyFacetV1, StoredRightsRequestV1 } from "@volenti/core/adapter";
import type { MemorySession } from "../transport/memory-session.ts";

type RequestKeeper = Pick<CustodyFacetV1, "saveRightsRequest" | "getRightsRequest" | "listRightsRequests">;

/** What people asked for. It outlives an erasure: it holds refs. */
export function createRequestKeeper(session: MemorySession): RequestKeeper {
  return {
    saveRightsRequest: (about) =>
      session.call({
        operation: "custody.saveRightsRequest",
        changes: true,
        about,
        work: async ({ records: { rightsRequests } }) => {
          const { rightsRequest, expectedRevision } = about;
          const stood = rightsRequests.get(rightsRequest.requestId)?.revision ?? null;
          if (stood !== expectedRevision) return "conflict";
          rightsRequests.set(rightsRequest.requestId, structuredClone(rightsRequest));
          return "saved";
        },
      }),
    getRightsRequest: (about) =>
      session.call({
        operation: "custody.getRightsRequest",
        changes: false,
        about,
        work: async ({ records }) => structuredClone(records.rightsRequests.get(about.requestId) ?? null),
      }),
    async *listRightsRequests(about) {
      const { subjectRef, isOpen } = about;
      const rows = await session.call({
        operation: "custody.listRightsRequests",
        changes: false,
        about,
        work: async ({ records }) => structuredClone([...records.rightsRequests.values()]),
      });
      yield* rows
        .filter((row) => (subjectRef === undefined || row.subjectRef === subjectRef) && (isOpen === undefined || row.isOpen === isOpen))
        .toSorted(byDueDate);
    },
  };
}

function byDueDate(left: StoredRightsRequestV1, right: StoredRightsRequestV1): number {
  const [first, second] = [left.dueAt ?? Infinity, right.dueAt ?? Infinity];
  if (first !== second) return first < second ? -1 : 1;
  return left.requestId < right.requestId ? -1 : 1;
}
