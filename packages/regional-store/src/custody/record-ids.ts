import type { RecordIdsFacetV1 } from "@volenti/core/adapter";
import type { StoreParts } from "../store-parts.ts";
import { STATEMENTS } from "../transport/statements.ts";

/** Where other destinations hold a person, over `volenti.subject`, as the writer. */
export function createRecordIds(request: { parts: () => StoreParts }): RecordIdsFacetV1 {
  return {
    keep: async ({ destinationId, recordIds, signal }) => {
      if (recordIds.length === 0) return;
      await request.parts().sessions.run({
        operation: "recordIds.keep",
        role: "writer",
        statement: STATEMENTS.keepRecordIds,
        parameters: [destinationId, JSON.stringify(recordIds)],
        effect: "write",
        signal,
      });
    },
  };
}
