import type { ConsentHistoryFacetV1, DecisionColumnsV1, StoredDecisionV1 } from "@volenti/core/adapter";
import { toInclusionProof } from "../ledger/read-ledger-answer.ts";
import type { StoreParts } from "../store-parts.ts";
import { readPages } from "../transport/read-pages.ts";
import { STATEMENTS } from "../transport/statements.ts";
import type { StoreCall } from "../transport/store-sessions.ts";

/** A row of `volenti.decision` with its head, in the order of the statements' columns. */
export type DecisionRow = readonly [
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
  logIndex: number | null,
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
  test: boolean,
];

type HeadRow = readonly [root: string, jws: string];

type ChainEndRow = readonly [subjectRef: string, position: number, link: string | null];

/** Streams decisions, the ends of chains and heads a page at a time. Runs as the auditor. */
export function createConsentHistory(request: { parts: () => StoreParts }): ConsentHistoryFacetV1 {
  const read = <Row>(call: Pick<StoreCall, "operation" | "statement" | "parameters">): Promise<readonly Row[]> =>
    request.parts().sessions.run({ ...call, role: "auditor", effect: "read" }) as Promise<readonly Row[]>;
  return {
    listDecisions: async function* ({ subjectRef }) {
      const operation = "consentHistory.listDecisions";
      const rows = readPages<DecisionRow>({
        operation,
        read: (last) => read({ operation, statement: STATEMENTS.listDecisions, parameters: [last?.[0] ?? "", last?.[10] ?? 0, subjectRef ?? null] }),
      });
      for await (const row of rows) yield toStoredDecision(row);
    },
    listChainEnds: async function* () {
      const operation = "consentHistory.listChainEnds";
      const rows = readPages<ChainEndRow>({ operation, read: (last) => read({ operation, statement: STATEMENTS.listChainEnds, parameters: [last?.[0] ?? ""] }) });
      for await (const [subjectRef, position, link] of rows) yield { subjectRef, position, link };
    },
    listHeads: async function* () {
      const operation = "consentHistory.listHeads";
      const rows = readPages<HeadRow>({ operation, read: (last) => read({ operation, statement: STATEMENTS.listHeads, parameters: [last?.[0] ?? null] }) });
      for await (const [root, jws] of rows) yield { root, jws };
    },
  };
}

export function toStoredDecision(row: DecisionRow): StoredDecisionV1 {
  const [subjectRef, decisionId, canonical, hash, leafIndex, treeSize, path, root, head, recordedAt, position, link, columns, logIndex] = row;
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
    logIndex,
  };
}

function toColumns(row: ColumnsRow): DecisionColumnsV1 {
  const [purpose, purposeVersion, channel, status, noticeId, noticeVersion, noticeSha256, occurredAt, receivedAt, effectiveAt, collectionPoint, test] = row;
  return {
    purpose, purposeVersion, channel, status, noticeId, noticeVersion, noticeSha256, occurredAt, receivedAt, effectiveAt, collectionPoint,
    test,
  };
}
