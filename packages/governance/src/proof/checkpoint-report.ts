import type { DecisionFinding } from "../verify/verification-report.ts";

/** Which ledger's log is put under a checkpoint. */
export interface CheckpointRequest {
  /** A ledger that keeps a log. */
  readonly destinationId: string;
  readonly signal?: AbortSignal | undefined;
}

/** What was signed and where it was published. */
export interface CheckpointReport {
  /** The destination's key in the configuration. */
  readonly destinationId: string;
  /**
   * - `made`: a new checkpoint was signed and kept
   * - `unchanged`: there was no decision that the last one does not cover
   * - `refused`: it would not extend what was signed or published before; nothing was signed, nothing was published
   */
  readonly status: "made" | "unchanged" | "refused";
  /** The last one now, compact JWS; null where there is none. */
  readonly checkpoint: string | null;
  /** Decisions that the last checkpoint covers; 0 where there is none. */
  readonly size: number;
  /** Hexadecimal; null where there is no checkpoint. */
  readonly root: string | null;
  /** Decisions that were given a place. */
  readonly added: number;
  /** Why it was refused. */
  readonly findings: readonly DecisionFinding[];
  /** One an anchor, in the order of the configuration; empty for `refused`. */
  readonly anchors: readonly AnchorOutcome[];
}

/** Whether one anchor took a checkpoint. */
export interface AnchorOutcome {
  /** As the anchor names itself. */
  readonly anchorId: string;
  /** `unpublished`: it could not be reached; the next run publishes again. */
  readonly status: "published" | "unchanged" | "unpublished";
  /** Why it was not published: a code of words; absent otherwise. */
  readonly code?: string;
}
