import type { ConsentHistoryFacetV1, StoredDecisionV1 } from "@volenti/core/adapter";
import { toInclusionProof } from "../ledger/read-ledger-answer.ts";
import type { StoreParts } from "../store-parts.ts";
import { STATEMENTS } from "../transport/statements.ts";

type DecisionRow = readonly [
  subjectRef: string,
  decisionId: string,
  canonical: string,
  hash: string,
  leafIndex: number,
  treeSize: number,
  path: string,
  root: string,
  head: string | null,
  recordedAt: string,
  position: number,
  link: string,
];

/** Streams the decisions a page at a time, by the position in each person's chain. Runs as the auditor. */
export function createConsentHistory(request: { parts: () => StoreParts }): ConsentHistoryFacetV1 {
  return {
    listDecisions: async function* ({ subjectRef }) {
      let after: readonly [string, number] = ["", 0];
      for (;;) {
        const page = (await request.parts().sessions.run({
          operation: "consentHistory.listDecisions",
          role: "auditor",
          statement: STATEMENTS.listDecisions,
          parameters: [...after, subjectRef ?? null],
          effect: "read",
        })) as readonly DecisionRow[];
        for (const row of page) yield toStoredDecision(row);
        const last = page.at(-1);
        if (last === undefined) return;
        after = [last[0], last[10]];
      }
    },
  };
}

function toStoredDecision(row: DecisionRow): StoredDecisionV1 {
  const [subjectRef, decisionId, canonical, hash, leafIndex, treeSize, path, root, head, recordedAt, position, link] = row;
  return {
    subjectRef,
    decisionId,
    canonical,
    hash,
    proof: toInclusionProof({ leafIndex, treeSize, path, root }),
    head,
    recordedAt,
    chain: { position, link },
  };
}
