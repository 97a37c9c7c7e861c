import { canonicalise, type HeadVerification, type StoredDecisionV1 } from "@volenti/core/adapter";
import { readDecisionRecord, type ReadRecord } from "../support/read-decision-record.ts";
import { belongsTo, isFollowed } from "./belongs-to.ts";
import { differingColumns } from "./differing-columns.ts";
import { toStandingDecision, type StandingDecision } from "./person-history.ts";
import type { DecisionFindingCode } from "./verification-report.ts";

interface DecisionCheck {
  readonly decision: StoredDecisionV1;
  readonly controllerId: string;
  /** The digest of its canonical text, hexadecimal. */
  readonly hash: string;
  /** Whether its proof leads from that digest to the root that it names. */
  readonly isIncluded: boolean;
  /** What its signed head proved to be; null where it has none. */
  readonly head: HeadVerification | null;
  /** By key that was revoked: the places of the log that were published before. */
  readonly provedSizes: ReadonlyMap<string, number>;
}

/** What is wrong with a decision, and where it has several parts, with which. */
export interface DecisionFault {
  readonly code: DecisionFindingCode;
  readonly field?: string;
}

export interface CheckedDecision {
  readonly decision: StoredDecisionV1;
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
export function checkDecision(check: DecisionCheck): CheckedDecision {
  const { decision } = check;
  const { subjectRef } = decision;
  const record = readDecisionRecord(decision.canonical);
  const proofCodes = checkProof(check);
  const codes = [...checkRecord({ check, record }), ...proofCodes];
  return {
    decision,
    faults: [...toFaults(codes), ...(record === null ? [] : checkColumns({ record, decision }))],
    isFollowed: record !== null && isFollowed({ record, subjectRef }),
    standing: record !== null && belongsTo({ record, subjectRef }) ? toStandingDecision(record) : null,
    isProved: proofCodes.length === 0,
  };
}

function toFaults(codes: readonly DecisionFindingCode[]): readonly DecisionFault[] {
  return codes.length === 0 ? [] : [...new Set(codes)].map((code) => ({ code }));
}

function checkColumns(request: { record: ReadRecord; decision: StoredDecisionV1 }): readonly DecisionFault[] {
  const { record, decision } = request;
  return differingColumns({ record, columns: decision.columns }).map((field) => ({ code: "columnMismatch" as const, field }));
}

function checkRecord(request: { check: DecisionCheck; record: ReadRecord | null }): readonly DecisionFindingCode[] {
  const { check, record } = request;
  const { decision, controllerId, hash } = check;
  const codes: DecisionFindingCode[] = [];
  if (hash !== decision.hash) codes.push("hashMismatch");
  if (record === null || !isCanonical({ text: decision.canonical, parsed: record.parsed })) return [...codes, "malformedRecord"];
  if (record.id !== decision.decisionId) codes.push("idMismatch");
  if (!belongsTo({ record, subjectRef: decision.subjectRef })) codes.push("subjectMismatch");
  if (record.controller !== controllerId) codes.push("wrongController");
  return codes;
}

/** A doubled member, say, is dropped by the parser: its hash would prove a text that readers see differently. */
function isCanonical(request: { text: string; parsed: unknown }): boolean {
  try {
    return canonicalise(request.parsed) === request.text;
  } catch {
    return false;
  }
}

function checkProof(check: DecisionCheck): readonly DecisionFindingCode[] {
  const signatureCodes = checkSignature(check);
  return check.isIncluded ? signatureCodes : ["badProof", ...signatureCodes];
}

function checkSignature(check: DecisionCheck): readonly DecisionFindingCode[] {
  const { proof } = check.decision;
  const verification = check.head;
  if (verification === null) return ["missingHead"];
  if (!verification.valid && !isProvedOlder({ check, verification })) return [verification.code];
  if (!("statement" in verification)) return [];
  const { root, size, controller } = verification.statement;
  const codes: DecisionFindingCode[] = [];
  if (root !== proof.root || size !== proof.treeSize) codes.push("headMismatch");
  if (controller !== check.controllerId) codes.push("wrongController");
  return codes;
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
