import type { AccessV1, CustodyFacetV1 } from "@volenti/core/adapter";
import type { MemorySession } from "../transport/memory-session.ts";

/** Who looked at whom. It outlives an erasure: it holds refs. */
export function createAccessLog(session: MemorySession): Pick<CustodyFacetV1, "recordAccesses" | "listAccesses"> {
  return {
    recordAccesses: (about) =>
      session.call({
        operation: "custody.recordAccesses",
        changes: true,
        about,
        work: async ({ records: { accesses } }) => {
          for (const access of about.accesses) if (!accesses.has(access.accessId)) accesses.set(access.accessId, structuredClone(access));
        },
      }),
    async *listAccesses(about) {
      const { subjectRef, since = -Infinity, until = Infinity } = about;
      const rows = await session.call({
        operation: "custody.listAccesses",
        changes: false,
        about,
        work: async ({ records }) => [...records.accesses.values()],
      });
      yield* rows
        .filter((row) => (subjectRef === undefined || row.subjectRef === subjectRef) && row.at >= since && row.at < until)
        .toSorted(byTime);
    },
  };
}

function byTime(left: AccessV1, right: AccessV1): number {
  return left.at - right.at || (left.accessId < right.accessId ? -1 : 1);
}
