import type { ConsentState, InclusionProof, LedgerAnswerV1, RecordedDecisionV1 } from "@volenti/core/adapter";
import type { WrappedDataKey } from "../encryption/wrapped-data-key.ts";

/** A row of `volenti.consent_state`, in the order of the statements' columns. */
export type StateRow = readonly [
  purpose: string,
  channel: string,
  decisionId: string,
  status: ConsentState["status"],
  effectiveAt: number,
  purposeVersion: string,
  validUntil: number | null,
  recipients: readonly string[] | null,
  attributes: readonly string[] | null,
];

export type RecordedRow = readonly [
  decisionId: string,
  canonical: string,
  hash: string,
  leafIndex: number,
  treeSize: number,
  path: string,
  root: string,
  head: string | null,
];

/** One answer of `volenti.consult_v1`. */
export interface LedgerAnswerRow {
  readonly ref: string;
  readonly known: boolean;
  readonly held: boolean;
  readonly restricted: boolean;
  /** By destination. */
  readonly recordIds: Readonly<Record<string, string>> | null;
  /** Null where nothing was reserved or linked, because the submission will not be written. */
  readonly generation: number | null;
  readonly key: WrappedDataKey | null;
  readonly elsewhere: readonly (readonly [position: number, ref: string])[] | null;
  readonly merged: readonly string[] | null;
  readonly states: readonly StateRow[] | null;
  readonly recorded: readonly RecordedRow[] | null;
  readonly submission: "same" | "conflicting" | null;
  readonly suppressedSince: number | null;
}

const HASH_DIGITS = 64;

export function toLedgerAnswer(row: LedgerAnswerRow): LedgerAnswerV1 {
  return {
    ref: row.ref,
    known: row.known,
    identifiersElsewhere: (row.elsewhere ?? []).map(([position]) => position),
    alsoMatched: [...new Set((row.elsewhere ?? []).map(([, ref]) => ref))],
    merged: row.merged ?? [],
    states: (row.states ?? []).map(toConsentState),
    recorded: (row.recorded ?? []).map(toRecordedDecision),
    submission: row.submission ?? "unseen",
    suppressedSince: row.suppressedSince,
    held: row.held,
    restricted: row.restricted,
    recordIds: Object.entries(row.recordIds ?? {}).map(([destinationId, recordId]) => ({ destinationId, recordId })),
  };
}

export function toConsentState(row: StateRow): ConsentState {
  const [purpose, channel, decisionId, status, effectiveAt, purposeVersion, validUntil, recipients, attributes] = row;
  return { purpose, channel, decisionId, status, effectiveAt, purposeVersion, validUntil, recipients, attributes };
}

/** The path is kept as one run of 32-byte hashes. */
export function toInclusionProof(request: { leafIndex: number; treeSize: number; path: string; root: string }): InclusionProof {
  const { leafIndex, treeSize, path, root } = request;
  const hashes = Array.from({ length: path.length / HASH_DIGITS }, (_, index) =>
    path.slice(index * HASH_DIGITS, (index + 1) * HASH_DIGITS),
  );
  return { leafIndex, treeSize, path: hashes, root };
}

function toRecordedDecision(row: RecordedRow): RecordedDecisionV1 {
  const [decisionId, canonical, hash, leafIndex, treeSize, path, root, head] = row;
  return { decisionId, canonical, hash, proof: toInclusionProof({ leafIndex, treeSize, path, root }), head: head ?? "" };
}
