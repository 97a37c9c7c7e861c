import type { CryptoPort } from "@volenti/core";
import {
  canonicalise,
  fromHexadecimal,
  toHexadecimal,
  toUtf8,
  verifyInclusion,
  type HeadVerification,
  type StoredDecisionV1,
} from "@volenti/core/adapter";
import { readDecisionRecord, type ReadRecord } from "../support/read-decision-record.ts";
import { belongsTo, isFollowed } from "./belongs-to.ts";
import { differingColumns } from "./differing-columns.ts";
import type { HeadChecker } from "./head-checker.ts";
import { toStandingDecision, type StandingDecision } from "./person-history.ts";
import type { DecisionFindingCode } from "./verification-report.ts";

interface DecisionCheck {
  readonly decision: StoredDecisionV1;
  readonly controllerId: string;
  readonly crypto: CryptoPort;
  readonly checkHead: HeadChecker;
  /** By key that was revoked: the places of the log that were published before. */
  readonly provedSizes: ReadonlyMap<string, number>;
}

/** What is wrong with a decision, and where it has several parts, with which. */
export interface DecisionFault {
  readonly code: DecisionFindingCode;
  readonly field?: string;
}

export interface CheckedDecision {
  /** Everything that is wrong with the decision, its place in a chain apart; each code once, but one a column. */
  readonly faults: readonly DecisionFault[];
  /** Whether it is a refusal or an ending that was recorded under another ref than the row's. */
  readonly isFollowed: boolean;
  /** What it lets stand for the row's person; null for one that stands for nobody, or is another's. */
  readonly standing: StandingDecision | null;
  /** Whether its proof leads to a root that is signed. */
  readonly isProved: boolean;
}

/** Checks one stored decision for itself. */
export async function checkDecision(check: DecisionCheck): Promise<CheckedDecision> {
  const { decision, crypto } = check;
  const { subjectRef, canonical, columns } = decision;
  const [hash] = await crypto.sha256([toUtf8(canonical)]);
  if (hash === undefined) throw new TypeError("the crypto port answered fewer digests than it was asked for");
  const record = readDecisionRecord(canonical);
  const proofCodes = [...(await checkProof({ ...check, hash })), ...(await checkSignature(check))];
  const codes = new Set<DecisionFindingCode>([
    ...(toHexadecimal(hash) === decision.hash ? [] : ["hashMismatch" as const]),
    ...checkRecord({ ...check, record }),
    ...proofCodes,
  ]);
  const fields = record === null ? [] : differingColumns({ record, columns });
  return {
    faults: [...[...codes].map((code) => ({ code })), ...fields.map((field) => ({ code: "columnMismatch" as const, field }))],
    isFollowed: record !== null && isFollowed({ record, subjectRef }),
    standing: record !== null && belongsTo({ record, subjectRef }) ? toStandingDecision(record) : null,
    isProved: proofCodes.length === 0,
  };
}

function checkRecord(check: DecisionCheck & { readonly record: ReadRecord | null }): readonly DecisionFindingCode[] {
  const { decision, controllerId, record } = check;
  if (record === null || !isCanonical({ text: decision.canonical, parsed: record.parsed })) return ["malformedRecord"];
  return [
    ...(record.id === decision.decisionId ? [] : ["idMismatch" as const]),
    ...(belongsTo({ record, subjectRef: decision.subjectRef }) ? [] : ["subjectMismatch" as const]),
    ...(record.controller === controllerId ? [] : ["wrongController" as const]),
  ];
}

/** A doubled member, say, is dropped by the parser: its hash would prove a text that readers see differently. */
function isCanonical(request: { text: string; parsed: unknown }): boolean {
  try {
    return canonicalise(request.parsed) === request.text;
  } catch {
    return false;
  }
}

async function checkProof(check: DecisionCheck & { readonly hash: Uint8Array }): Promise<readonly DecisionFindingCode[]> {
  const { leafIndex, treeSize, path, root } = check.decision.proof;
  const siblings = path.map(readNode);
  const rootBytes = readNode(root);
  if (rootBytes === null || !siblings.every((sibling) => sibling !== null)) return ["badProof"];
  const isIncluded = await verifyInclusion({
    leaf: check.hash,
    leafIndex,
    treeSize,
    path: siblings,
    root: rootBytes,
    crypto: check.crypto,
  });
  return isIncluded ? [] : ["badProof"];
}

/** In the one form that it is written in: capitals would mean the same, and be a change all the same. */
function readNode(text: string): Uint8Array | null {
  return text.length === 64 && text === text.toLowerCase() ? fromHexadecimal(text) : null;
}

async function checkSignature(check: DecisionCheck): Promise<readonly DecisionFindingCode[]> {
  const { head, proof } = check.decision;
  if (head === null) return ["missingHead"];
  const verification = await check.checkHead(head);
  if (!verification.valid && !isProvedOlder({ check, verification })) return [verification.code];
  if (!("statement" in verification)) return [];
  const { root, size, controller } = verification.statement;
  return [
    ...(root === proof.root && size === proof.treeSize ? [] : ["headMismatch" as const]),
    ...(controller === check.controllerId ? [] : ["wrongController" as const]),
  ];
}

/** Signed before others can have had the key: it had its place in a log that was published before the revocation. */
function isProvedOlder(request: { check: DecisionCheck; verification: HeadVerification }): boolean {
  const { check, verification } = request;
  if (verification.valid || verification.code !== "revokedKey") return false;
  const { publicKey, statement } = verification;
  const { logIndex } = check.decision;
  if (publicKey.revoked === undefined || logIndex === undefined || logIndex === null) return false;
  return statement.sealedAt < publicKey.revoked.at && logIndex < (check.provedSizes.get(publicKey.kid) ?? 0);
}
