/**
 * A place outside the store that keeps signed checkpoints and never forgets one: a file on another machine, a bucket with
 * object lock, a public log. It is what a store that was set back, or rewritten by whoever has its keys, cannot change.
 */
export interface Anchor {
  /** Names the anchor in reports. */
  readonly anchorId: string;
  /** Keeps a checkpoint, for good, before it resolves. The same text again changes nothing. Rejects where it was not kept. */
  publish(request: { jws: string }): Promise<void>;
  /** Every checkpoint in the order of its publication, those of other logs included. Rejects where it cannot be read. */
  list(): AsyncIterable<AnchoredCheckpoint>;
}

/** A checkpoint as it was published outside the ledger. */
export interface AnchoredCheckpoint {
  /** Compact JWS. */
  readonly jws: string;
  /** RFC 3339 UTC by the anchor's own clock; null where it keeps none: then it proves an order and no time. */
  readonly publishedAt: string | null;
}
