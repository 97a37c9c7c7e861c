import type { ErasureOutcomeV1 } from "@volenti/core/adapter";

/** What became of an erasure, destination by destination. */
export interface ErasureReport {
  /**
   * - `complete`: every destination erased, holds nothing, or says why it retains something
   * - `incomplete`: something has to be done yet; safe to run again, and to be run again where a destination failed
   */
  readonly outcome: "complete" | "incomplete";
  /** In the order of the configuration. */
  readonly destinations: readonly DestinationErasure[];
}

export interface DestinationErasure {
  readonly id: string;
  readonly region: string;
  readonly status: DestinationErasureStatus;
  /** The code of the failure, for `failed` and for a search that is `unsupported`; what it waits for, for `notAttempted`. */
  readonly code?: string;
  /** What the destination answered, a row a kind of record; empty unless `erased`. */
  readonly records: readonly ErasureOutcomeV1[];
}

/**
 * - `erased`: it answered; what it erased, did not find or retained is in `records`
 * - `notFound`: it was reached, and holds nobody of that identifier, no test people, or nothing of them any more
 * - `unsupported`: it holds the person and cannot erase, or (with a code) cannot be searched by such an identifier: a human's work
 * - `conflict`: several people match; nothing was erased there
 * - `failed`: it could not be reached, or the erasure failed; some of it may have happened
 * - `notAttempted`: the ledger knows by which ref the others hold the person, so it is erased only when no copy is left (`copiesRemain`)
 */
export type DestinationErasureStatus = "erased" | "notFound" | "unsupported" | "conflict" | "failed" | "notAttempted";
