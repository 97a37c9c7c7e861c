/**
 * The one order of a ledger's decisions over which trees are signed, as in a log of certificates (RFC 9162). Nothing of it
 * is ever changed or removed.
 */
export interface CheckpointsFacetV1 {
  /**
   * Gives the next places, from 0 and without a gap, to the decisions that have none, at most `limit` of them in the order
   * of their recording; those of test people are left out. In one step: of two runs that race each finds what the other
   * left. Answers how many were given, and how many places there are.
   */
  appendToLog(request: { limit: number; signal?: AbortSignal | undefined }): Promise<{ readonly appended: number; readonly size: number }>;
  /** Places from `from` up to and without `until` (absent: to the end), in order. Streams: holds no more than a page in memory. */
  listLog(request: { from: number; until?: number | undefined }): AsyncIterable<LogEntryV1>;
  /** Where a decision stands; null where it has no place. */
  findInLog(request: { decisionId: string }): Promise<number | null>;
  /**
   * Keeps a checkpoint behind that of `previousSize` (null: it is the first). `conflict`: another one stands last, and
   * nothing was kept.
   */
  saveCheckpoint(request: { checkpoint: StoredCheckpointV1; previousSize: number | null }): Promise<"saved" | "conflict">;
  /** The one of the greatest size, or of the greatest up to `atMost`; null where there is none. */
  findCheckpoint(request: { atMost?: number | undefined }): Promise<StoredCheckpointV1 | null>;
  /** Ordered by size. Streams. */
  listCheckpoints(): AsyncIterable<StoredCheckpointV1>;
}

/** One leaf of a ledger's log. */
export interface LogEntryV1 {
  /** Its place, from 0 without a gap. */
  readonly index: number;
  /** Of the decision that was given the place. */
  readonly decisionId: string;
  /** As it was when the place was given, hexadecimal. */
  readonly hash: string;
  /** That of the decision's row as it is now; null where there is no such row. */
  readonly rowHash: string | null;
}

/** A checkpoint as the ledger keeps it. */
export interface StoredCheckpointV1 {
  /** How many decisions it covers: those at the places below it. */
  readonly size: number;
  /** Hexadecimal. */
  readonly root: string;
  /** Compact JWS. */
  readonly jws: string;
  /**
   * The roots of the tree's perfect subtrees, greatest first, as one run of hexadecimal: what the next tree is made from
   * without the leaves. They give the root, so that whoever reads them can check them.
   */
  readonly peaks: string;
}
