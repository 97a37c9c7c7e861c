import { ANY_CHANNEL, type SealedDecision } from "@volenti/core/adapter";
import { rankOf } from "./rank-of.ts";

/** The decisions of a batch. */
export interface PackedDecisions {
  /** JSON: what is short. */
  readonly rows: string;
  /**
   * What is long, of one decision after another: hash, root of its tree, digest of the notice, inclusion path, canonical
   * text in UTF-8. As bytes it is neither escaped nor parsed.
   */
  readonly bodies: Uint8Array;
}

const HASH_LENGTH = 32;
// Of a UTF-16 code unit.
const MOST_BYTES_IN_UTF8 = 3;

export function packDecisions(decisions: readonly { readonly decision: SealedDecision; readonly item: number }[]): PackedDecisions {
  const room = decisions.reduce(
    (sum, { decision: { proof, canonical } }) => sum + HASH_LENGTH * (3 + proof.path.length) + MOST_BYTES_IN_UTF8 * canonical.length,
    0,
  );
  const bodies = Buffer.allocUnsafe(room);
  let end = 0;
  const rows = decisions.map(({ decision, item }, position) => {
    const start = end;
    const { record, proof } = decision;
    for (const hash of [decision.hash, proof.root, record.notice.sha256, ...proof.path]) end += bodies.write(hash, end, "hex");
    const length = bodies.write(decision.canonical, end, "utf8");
    end += length;
    return { ...toRow(decision), position, item, start, length };
  });
  return { rows: JSON.stringify(rows), bodies: bodies.subarray(0, end) };
}

function toRow(decision: SealedDecision) {
  const { record, proof } = decision;
  return {
    id: record.id,
    purpose: record.purpose.key,
    version: record.purpose.version,
    channel: record.channel === ANY_CHANNEL ? null : (record.channel ?? null),
    status: record.status,
    rank: rankOf(record.status),
    notice: record.notice.id,
    noticeVersion: record.notice.version,
    occurredAt: record.occurredAt,
    receivedAt: record.receivedAt ?? null,
    effectiveAt: decision.effectiveAt,
    collectionPoint: record.collectionPoint,
    test: record.test ?? false,
    leaf: proof.leafIndex,
    size: proof.treeSize,
    hashes: proof.path.length,
  };
}
