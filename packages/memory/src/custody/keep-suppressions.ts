import type { CustodyFacetV1 } from "@volenti/core/adapter";
import type { MemorySession } from "../transport/memory-session.ts";

type SuppressionKeeper = Pick<CustodyFacetV1, "listSuppressions" | "suppress" | "listErasures">;

/** What an erasure log outside the ledger keeps, and what brings a restored ledger back to it. */
export function createSuppressionKeeper(session: MemorySession): SuppressionKeeper {
  return {
    listSuppressions: (about) =>
      session.call({
        operation: "custody.listSuppressions",
        changes: false,
        about,
        work: async ({ records }) =>
          [...records.links.values()]
            .filter(({ ref }) => ref === about.subjectRef)
            .map(({ kind, suppressionKeyId: keyId, suppressionDigest: digest }) => ({ kind, keyId, digest })),
      }),
    suppress: (about) =>
      session.call({
        operation: "custody.suppress",
        changes: true,
        about,
        work: async ({ records }) => {
          for (const { kind, keyId, digest } of about.suppressions) {
            const stood = records.suppressions.get(digest)?.since ?? about.since;
            records.suppressions.set(digest, { kind, keyId, since: Math.max(stood, about.since) });
          }
        },
      }),
    async *listErasures() {
      yield* await session.call({
        operation: "custody.listErasures",
        changes: false,
        about: null,
        work: async ({ records }) => [...records.erasures],
      });
    },
  };
}
