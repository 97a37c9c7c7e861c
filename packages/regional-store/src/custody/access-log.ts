import type { AccessV1, CustodyFacetV1 } from "@volenti/core/adapter";
import type { StoreParts } from "../store-parts.ts";
import { requireInstant } from "../transport/require-instant.ts";
import { STATEMENTS } from "../transport/statements.ts";
import { FIRST_ID } from "./first-id.ts";

type AccessRow = readonly [
  accessId: string,
  at: number,
  subjectRef: string,
  operation: string,
  actor: string,
  reason: string,
  attributes: readonly string[],
  recipient: string | null,
];

/** Who looked at whom. Written as the reader, so that whoever may read may also say so; nobody may change a row. */
export function createAccessLog(request: { parts: () => StoreParts }): Pick<CustodyFacetV1, "recordAccesses" | "listAccesses"> {
  const sessions = () => request.parts().sessions;
  return {
    recordAccesses: async ({ accesses }) => {
      if (accesses.length === 0) return;
      const call = { operation: "custody.recordAccesses", role: "reader", statement: STATEMENTS.recordAccesses, effect: "write" } as const;
      await sessions().run({ ...call, parameters: [JSON.stringify(accesses)] });
    },
    listAccesses: async function* ({ subjectRef, since = Number.MIN_SAFE_INTEGER, until = Number.MAX_SAFE_INTEGER }) {
      let after: readonly [number, string] = [since, FIRST_ID];
      for (;;) {
        const page = (await sessions().run({
          operation: "custody.listAccesses",
          role: "auditor",
          statement: subjectRef === undefined ? STATEMENTS.listAccesses : STATEMENTS.listAccessesOf,
          parameters: [...after, until, ...(subjectRef === undefined ? [] : [subjectRef])],
          effect: "read",
        })) as readonly AccessRow[];
        const accesses = page.map(toAccess);
        yield* accesses;
        const last = accesses.at(-1);
        if (last === undefined) return;
        after = [last.at, last.accessId];
      }
    },
  };
}

function toAccess([accessId, at, subjectRef, operation, actor, reason, attributes, recipient]: AccessRow): AccessV1 {
  requireInstant({ instant: at, operation: "custody.listAccesses" });
  return { accessId, at, subjectRef, operation, actor, reason, attributes, recipient };
}
