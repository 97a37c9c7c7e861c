import type { CryptoPort } from "@volenti/core";
import {
  canonicalise,
  CONSENT_STATUSES,
  endsPermission,
  fromHexadecimal,
  toHexadecimal,
  toUtf8,
  verifyInclusion,
  type StoredDecisionV1,
} from "@volenti/core/adapter";
import { readDecisionRecord, type ReadRecord } from "../support/read-decision-record.ts";
import type { HeadChecker } from "./head-checker.ts";
import type { DecisionFindingCode } from "./verification-report.ts";

interface DecisionCheck {
  readonly decision: StoredDecisionV1;
  readonly controllerId: string;
  readonly crypto: CryptoPort;
  readonly checkHead: HeadChecker;
}

export interface CheckedDecision {
  /** Everything that is wrong with the decision, its place in a chain apart; each code once. */
  readonly codes: readonly DecisionFindingCode[];
  /** Whether it is a refusal or an ending that was recorded under another ref than the row's. */
  readonly isFollowed: boolean;
}

/** Checks one stored decision for itself. */
export async function checkDecision(check: DecisionCheck): Promise<CheckedDecision> {
  const { decision, crypto } = check;
  const [hash] = await crypto.sha256([toUtf8(decision.canonical)]);
  if (hash === undefined) throw new TypeError("the crypto port answered fewer digests than it was asked for");
  const record = readDecisionRecord(decision.canonical);
  const codes = new Set<DecisionFindingCode>([
    ...(toHexadecimal(hash) === decision.hash ? [] : ["hashMismatch" as const]),
    ...checkRecord({ ...check, record }),
    ...(await checkProof({ ...check, hash })),
    ...(await checkSignature(check)),
  ]);
  return { codes: [...codes], isFollowed: record !== null && isFollowed({ record, decision }) };
}

/**
 * A refusal follows a person to every destination that holds them. A store that knows the person by its own ledger, under
 * another ref, keeps it with that person, as it was sealed. A grant never travels so: under another ref it is misplaced.
 */
function isFollowed(request: { record: ReadRecord; decision: StoredDecisionV1 }): boolean {
  const { record, decision } = request;
  const status = CONSENT_STATUSES.find((candidate) => candidate === record.status);
  return record.subject !== decision.subjectRef && status !== undefined && endsPermission(status);
}

function checkRecord(check: DecisionCheck & { readonly record: ReadRecord | null }): readonly DecisionFindingCode[] {
  const { decision, controllerId, record } = check;
  if (record === null || !isCanonical({ text: decision.canonical, parsed: record.parsed })) return ["malformedRecord"];
  return [
    ...(record.id === decision.decisionId ? [] : ["idMismatch" as const]),
    ...(record.subject === decision.subjectRef || isFollowed({ record, decision }) ? [] : ["subjectMismatch" as const]),
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
