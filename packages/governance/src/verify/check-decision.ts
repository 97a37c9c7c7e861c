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
  const { decision, hash, isIncluded } = check;
  const { subjectRef, canonical, columns } = decision;
  const record = readDecisionRecord(canonical);
  const proofCodes: readonly DecisionFindingCode[] = [...(isIncluded ? [] : ["badProof" as const]), ...checkSignature(check)];
  const codes = new Set<DecisionFindingCode>([
    ...(hash === decision.hash ? [] : ["hashMismatch" as const]),
    ...checkRecord({ ...check, record }),
    ...proofCodes,
  ]);
  const fields = record === null ? [] : differingColumns({ record, columns });
  return {
    decision,
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

function checkSignature(check: DecisionCheck): readonly DecisionFindingCode[] {
  const { proof } = check.decision;
  const verification = check.head;
  if (verification === null) return ["missingHead"];
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
