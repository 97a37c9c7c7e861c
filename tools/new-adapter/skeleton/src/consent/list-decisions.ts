import type { ConsentHistoryFacetV1, StoredDecisionV1 } from "@volenti/core/adapter";
import type { TemplateSession } from "../transport/template-session.ts";

/** Reads every decision, a page at a time. */
export function createHistoryReader(session: TemplateSession): ConsentHistoryFacetV1 {
  return {
    async *listDecisions() {
      yield* await session.call<StoredDecisionV1[]>({ operation: "consentHistory.listDecisions" });
    },
  };
}
