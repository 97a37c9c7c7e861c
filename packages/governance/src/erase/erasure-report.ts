/** What became of an erasure, destination by destination. */
export interface ErasureReport {
  /**
   * - `complete`: every destination erased, holds nothing, or says why it keeps something
   * - `held`: a hold keeps something, or everything; to be run again when it has ended
   * - `incomplete`: something has to be done yet; safe to run again, and to be run again where a destination failed
   */
  readonly outcome: "complete" | "held" | "incomplete";
  /** In the order of the configuration. */
  readonly destinations: readonly DestinationErasure[];
  /** What a hold of some attributes did to the consents of the person; absent where none is in force. */
  readonly withdrawal?: Withdrawal | undefined;
}

/** What became of the refusals that an erasure sends for what stood granted. */
export interface Withdrawal {
  /** `undelivered`: to be run again. `unsupported`: nobody knows the country, no route serves it, or the person was named by ref alone. */
  readonly outcome: "delivered" | "undelivered" | "unsupported";
  /** The purposes that were refused for the person; those that stood refused before are left out. */
  readonly purposes: readonly string[];
}

/** What became of an erasure at one destination. */
export interface DestinationErasure {
  /** The destination's key in the configuration, or as an erasure log kept it. */
  readonly id: string;
  /** As the destination declares it: a country code or `EU`. */
  readonly region: string;
  readonly status: DestinationErasureStatus;
  /** The code of the failure, for `failed` and for a search that is `unsupported`; what it waits for, for `notAttempted`. */
  readonly code?: string;
  /** What the destination answered, a row a kind of record; empty unless `erased`, `masked` or `kept`. */
  readonly records: readonly ErasureRecord[];
}

/** What became of the records of a kind. */
export interface ErasureRecord {
  /** `profile`, `identifiers`, `keys`, `decisions`, `states`, `person`, or the system's own kind. */
  readonly kind: string;
  /** `masked`: the record stays, its values are gone. `kept`: it stays, for the reason and until the end that are given. */
  readonly outcome: "erased" | "masked" | "notFound" | "kept";
  /** How many records of the kind; 0 for `notFound`. */
  readonly count: number;
  /** A code of words (`proofWithoutIdentity`), or of a hold the brand's own words. */
  readonly reason?: string | undefined;
  /** The provision behind a hold, in the brand's words. */
  readonly law?: string | undefined;
  /** RFC 3339 UTC; absent where no end is known. */
  readonly until?: string | undefined;
  /** The names of the attributes that a hold keeps, where it is about some. */
  readonly attributes?: readonly string[] | undefined;
}

/**
 * - `erased`: it answered; what it erased, did not find or kept is in `records`
 * - `masked`: a hold keeps some attributes; all others are gone
 * - `kept`: a hold keeps everything; nothing was touched
 * - `notFound`: it was reached, and holds nobody of that identifier, no test people, or nothing of them any more
 * - `unsupported`: it holds the person and cannot erase, or (with a code) cannot be searched by such an identifier: a human's work
 * - `conflict`: several people match; nothing was erased there
 * - `unlinked`: it holds somebody of that identifier who bears no ref of ours; nothing was erased there before they are linked
 * - `failed`: it could not be reached, or the erasure failed; some of it may have happened
 * - `notAttempted`: others come first: copies of which the ledger alone knows the ref, or which the law wants gone before the
 *   local record (`copiesRemain`), or a ledger that cannot say whether a hold stands (`holdsUnknown`)
 * - `newerStands`: only of a replay: what the person gave after the erasure stands there, what was older was masked
 */
export type DestinationErasureStatus =
  | "erased"
  | "masked"
  | "kept"
  | "notFound"
  | "unsupported"
  | "conflict"
  | "unlinked"
  | "failed"
  | "notAttempted"
  | "newerStands";

