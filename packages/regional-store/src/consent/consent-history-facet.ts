import type { ConsentHistoryFacetV1, DecisionColumnsV1, StoredDecisionV1 } from "@volenti/core/adapter";
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
  columns: ColumnsRow,
];

type ColumnsRow = readonly [
  purpose: string,
  purposeVersion: string,
  channel: string | null,
  status: string,
  noticeId: string,
  noticeVersion: string,
  noticeSha256: string,
  occurredAt: number,
  receivedAt: number | null,
  effectiveAt: number,
  collectionPoint: string,
];

type ChainEndRow = readonly [subjectRef: string, position: number, link: string | null];

/** Streams decisions and the ends of chains a page at a time, by person and position. Runs as the auditor. */
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
    listChainEnds: async function* () {
      let after = "";
      for (;;) {
        const page = (await request.parts().sessions.run({
          operation: "consentHistory.listChainEnds",
          role: "auditor",
          statement: STATEMENTS.listChainEnds,
          parameters: [after],
          effect: "read",
        })) as readonly ChainEndRow[];
        for (const [subjectRef, position, link] of page) yield { subjectRef, position, link };
        const last = page.at(-1);
        if (last === undefined) return;
        after = last[0];
      }
    },
  };
}

function toStoredDecision(row: DecisionRow): StoredDecisionV1 {
  const [subjectRef, decisionId, canonical, hash, leafIndex, treeSize, path, root, head, recordedAt, position, link, columns] = row;
  return {
    subjectRef,
    decisionId,
    canonical,
    hash,
    proof: toInclusionProof({ leafIndex, treeSize, path, root }),
    head,
    recordedAt,
    columns: toColumns(columns),
    chain: { position, link },
  };
}

function toColumns(row: ColumnsRow): DecisionColumnsV1 {
  const [purpose, purposeVersion, channel, status, noticeId, noticeVersion, noticeSha256, occurredAt, receivedAt, effectiveAt, collectionPoint] = row;
  return {
    purpose, purposeVersion, channel, status, noticeId, noticeVersion, noticeSha256, occurredAt, receivedAt, effectiveAt, collectionPoint,
  };
}
