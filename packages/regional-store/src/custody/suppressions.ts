import type { CustodyFacetV1, ErasureEntryV1, IdentifierKind } from "@volenti/core/adapter";
import type { StoreParts } from "../store-parts.ts";
import { STATEMENTS } from "../transport/statements.ts";
import { FIRST_ID } from "./first-id.ts";

type SuppressionRow = readonly [kind: IdentifierKind, keyId: string, digest: string];

type ErasureRow = readonly [
  subjectRef: string,
  reason: string,
  requestedAt: number,
  erasedAt: number,
  entryId: string,
  /** As the server writes it, to the microsecond: where the next page begins. */
  cursor: string,
];

/** What an erasure log outside the store keeps, and what brings a restored store back to it. */
export function createSuppressions(request: {
  parts: () => StoreParts;
}): Pick<CustodyFacetV1, "listSuppressions" | "suppress" | "listErasures"> {
  const sessions = () => request.parts().sessions;
  return {
    listSuppressions: async ({ subjectRef }) => {
      const call = { operation: "custody.listSuppressions", role: "eraser", statement: STATEMENTS.listSuppressions, effect: "read" } as const;
      const rows = (await sessions().run({ ...call, parameters: [subjectRef] })) as readonly SuppressionRow[];
      return rows.map(([kind, keyId, digest]) => ({ kind, keyId, digest }));
    },
    suppress: async ({ suppressions, since }) => {
      const rows = suppressions.map(({ kind, keyId, digest }) => ({ kind, keyId, digest: `\\x${digest}` }));
      const call = { operation: "custody.suppress", role: "eraser", statement: STATEMENTS.suppress, effect: "write" } as const;
      await sessions().run({ ...call, parameters: [JSON.stringify(rows), since] });
    },
    listErasures: async function* () {
      let after: readonly [string, string] = ["-infinity", FIRST_ID];
      for (;;) {
        const call = { operation: "custody.listErasures", role: "auditor", statement: STATEMENTS.listErasures, effect: "read" } as const;
        const page = (await sessions().run({ ...call, parameters: after })) as readonly ErasureRow[];
        yield* page.map(toEntry);
        const last = page.at(-1);
        if (last === undefined) return;
        after = [last[5], last[4]];
      }
    },
  };
}

function toEntry([subjectRef, reason, requestedAt, erasedAt]: ErasureRow): ErasureEntryV1 {
  return { subjectRef, reason, requestedAt, erasedAt };
}
