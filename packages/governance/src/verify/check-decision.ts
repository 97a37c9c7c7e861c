import type { CryptoPort } from "@volenti/core";
import { canonicalise, fromHexadecimal, toHexadecimal, toUtf8, verifyInclusion, type StoredDecisionV1 } from "@volenti/core/adapter";
import { readDecisionRecord } from "../support/read-decision-record.ts";
import type { HeadChecker } from "./head-checker.ts";
import type { DecisionFindingCode } from "./verification-report.ts";

interface DecisionCheck {
  readonly decision: StoredDecisionV1;
  readonly controllerId: string;
  readonly crypto: CryptoPort;
  readonly checkHead: HeadChecker;
}

/** Everything that is wrong with one stored decision, its place in a chain apart; each code once. */
export async function checkDecision(check: DecisionCheck): Promise<readonly DecisionFindingCode[]> {
  const { decision, crypto } = check;
  const [hash] = await crypto.sha256([toUtf8(decision.canonical)]);
  if (hash === undefined) throw new TypeError("the crypto port answered fewer digests than it was asked for");
  return [
    ...new Set([
      ...(toHexadecimal(hash) === decision.hash ? [] : ["hashMismatch" as const]),
      ...checkRecord(check),
      ...(await checkProof({ ...check, hash })),
      ...(await checkSignature(check)),
    ]),
  ];
}

function checkRecord(check: DecisionCheck): readonly DecisionFindingCode[] {
  const { decision, controllerId } = check;
  const record = readDecisionRecord(decision.canonical);
  if (record === null || !isCanonical({ text: decision.canonical, parsed: record.parsed })) return ["malformedRecord"];
  return [
    ...(record.id === decision.decisionId ? [] : ["idMismatch" as const]),
    ...(record.subject === decision.subjectRef ? [] : ["subjectMismatch" as const]),
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
  const siblings = path.map(fromHexadecimal);
  const rootBytes = fromHexadecimal(root);
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

async function checkSignature(check: DecisionCheck): Promise<readonly DecisionFindingCode[]> {
  const { head, proof } = check.decision;
  if (head === null) return ["missingHead"];
  const verification = await check.checkHead(head);
  if (!verification.valid) return [verification.code];
  const { root, size, controller } = verification.statement;
  return [
    ...(root === proof.root && size === proof.treeSize ? [] : ["headMismatch" as const]),
    ...(controller === check.controllerId ? [] : ["wrongController" as const]),
  ];
}
