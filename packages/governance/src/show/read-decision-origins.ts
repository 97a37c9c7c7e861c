import type { ConsentHistoryFacetV1, StoredDecisionV1 } from "@volenti/core/adapter";
import { readDecisionRecord } from "../support/read-decision-record.ts";

/** What a person was shown when they decided, and where. */
export interface DecisionOrigin {
  readonly notice: { readonly id: string; readonly version: string; readonly locale: string };
  readonly collectionPoint: string;
}

/** Looks up the origins of some of a person's decisions in one destination's history, which holds no more than those. */
export async function readDecisionOrigins(request: {
  history: ConsentHistoryFacetV1;
  subjectRef: string;
  decisionIds: ReadonlySet<string>;
}): Promise<ReadonlyMap<string, DecisionOrigin>> {
  const { history, subjectRef, decisionIds } = request;
  const origins = new Map<string, DecisionOrigin>();
  for await (const decision of history.listDecisions({ subjectRef })) {
    if (!decisionIds.has(decision.decisionId)) continue;
    const origin = toOrigin(decision);
    if (origin !== null) origins.set(decision.decisionId, origin);
  }
  return origins;
}

function toOrigin(decision: StoredDecisionV1): DecisionOrigin | null {
  const record = readDecisionRecord(decision.canonical);
  if (record === null || record.id !== decision.decisionId) return null;
  const { id, version, locale } = record.notice;
  return { notice: { id, version, locale }, collectionPoint: record.collectionPoint };
}
