import type { ConnectorV1, StoredDecisionV1 } from "@volenti/core/adapter";
import { collectAll } from "./collect-all.ts";

export async function listDecisions(store: ConnectorV1, subjectRef?: string): Promise<StoredDecisionV1[]> {
  return collectAll(store.consentHistory!.listDecisions({ subjectRef }));
}
