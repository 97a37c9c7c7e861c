import type { DestinationResult } from "@volenti/core";

/**
 * - `merged`: they are one from now on, or were made one before
 * - `refused`: nothing was changed, and `reason` says what a human has to settle first
 * - `incomplete`: something was not reached; run it again, which finishes it
 */
export interface MergeReport {
  /** As above. */
  readonly outcome: "merged" | "refused" | "incomplete";
  /** What stands in the way, or was not reached; null for `merged`. */
  readonly reason: MergeReason | null;
  /** The ref under which both go on; null where that person was not found. */
  readonly into: string | null;
  /** The ref that was given up; the same as `into` where they were one already. */
  readonly from: string | null;
  /** The ledgers that made them one. */
  readonly ledgers: readonly string[];
  /** What is refused for the survivor from now on, because either refused it. */
  readonly revoked: readonly { readonly purpose: string; readonly channel: string; readonly decisionId: string }[];
  /** Where the refusals were delivered to; empty where neither refused anything. */
  readonly destinations: readonly DestinationResult[];
}

/**
 * - `unlinked`: a destination holds somebody of that identifier who bears no ref of ours, and who may have refused something
 *   there: they are to be linked first
 * - `unsupported`: no ledger that can merge holds them
 * - `differentLedgers`: they are in different ledgers, because they live where different laws hold: nothing may join them
 * - `mergedElsewhere`: the second was given to somebody else before
 * - `countryUnknown`: nobody knows which route the refusals take; say so in the request
 * - `noNotice`: a refused purpose has no notice in the configuration
 * - `unknownToLedger`: the ledger does not know the identifier itself: name the person by another
 * - `undelivered`: the refusals did not arrive everywhere; nobody was merged yet
 */
export type MergeReason =
  | "notFound"
  | "conflict"
  | "unlinked"
  | "unreachable"
  | "unsupported"
  | "differentLedgers"
  | "mergedElsewhere"
  | "countryUnknown"
  | "noNotice"
  | "unknownToLedger"
  | "rejected"
  | "undelivered";
