import type { CustodyFacetV1, JsonValue, StoredRightsRequestV1 } from "@volenti/core/adapter";
import type { StoreParts } from "../store-parts.ts";
import { requireInstant } from "../transport/require-instant.ts";
import { STATEMENTS } from "../transport/statements.ts";
import { FIRST_ID } from "./first-id.ts";

type RightsRequests = Pick<CustodyFacetV1, "saveRightsRequest" | "getRightsRequest" | "listRightsRequests">;

type RequestRow = readonly [
  requestId: string,
  subjectRef: string | null,
  kind: string,
  state: string,
  isOpen: boolean,
  dueAt: number | null,
  revision: number,
  document: JsonValue,
];

// Less than any instant.
const BEFORE_ALL = "-9223372036854775808";

/** What people asked for. They outlive an erasure: they hold refs. */
export function createRightsRequests(request: { parts: () => StoreParts }): RightsRequests {
  const sessions = () => request.parts().sessions;
  return {
    saveRightsRequest: async ({ rightsRequest, expectedRevision }) => {
      const call = { operation: "custody.saveRightsRequest", role: "eraser", statement: STATEMENTS.saveRightsRequest, effect: "write" } as const;
      const isKept = (await sessions().run({ ...call, parameters: [JSON.stringify(rightsRequest), expectedRevision] })) as boolean;
      return isKept ? "saved" : "conflict";
    },
    getRightsRequest: async ({ requestId }) => {
      const call = { operation: "custody.getRightsRequest", role: "auditor", statement: STATEMENTS.getRightsRequest, effect: "read" } as const;
      const row = (await sessions().run({ ...call, parameters: [requestId] })) as RequestRow | null;
      return row === null ? null : toRequest(row);
    },
    listRightsRequests: async function* ({ subjectRef, isOpen }) {
      let after: readonly [string | number | null, string] = [BEFORE_ALL, FIRST_ID];
      for (;;) {
        const page = (await sessions().run({
          operation: "custody.listRightsRequests",
          role: "auditor",
          statement: STATEMENTS.listRightsRequests,
          parameters: [...after, subjectRef ?? null, isOpen === undefined ? null : String(isOpen)],
          effect: "read",
        })) as readonly RequestRow[];
        const requests = page.map(toRequest);
        yield* requests;
        const last = requests.at(-1);
        if (last === undefined) return;
        after = [last.dueAt, last.requestId];
      }
    },
  };
}

function toRequest(row: RequestRow): StoredRightsRequestV1 {
  const [requestId, subjectRef, kind, state, isOpen, dueAt, revision, document] = row;
  requireInstant({ instant: dueAt, operation: "custody.listRightsRequests" });
  return { requestId, subjectRef, kind, state, isOpen, dueAt, revision, document };
}
