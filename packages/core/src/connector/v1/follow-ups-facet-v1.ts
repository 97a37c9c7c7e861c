import type { JsonValue } from "../../support/json-value.ts";

/**
 * What a ledger keeps of work that is to be done later, once, by whichever process is there then: beside `ledger` only.
 * Whoever claims holds it under a lease by the ledger's own clock; a process that dies loses it when that ends. Refs,
 * decision ids, a system's own record ids and codes; never a value that a person gave. An erasure by the ledger takes those
 * of the person along, and the removal of tests those of test people.
 */
export interface FollowUpsFacetV1 {
  /** Keeps them until they are finished, due after so long. One whose id is kept already is replaced, its lease ended. */
  plan(request: { destinationId: string; delayInMs: number; followUps: readonly FollowUpV1[] }): Promise<void>;
  /**
   * Those that are due and that nobody holds, the longest due first: from now on the holder's, for so long. Two callers at
   * once are never given the same one.
   */
  claim(request: { destinationId: string; holder: string; durationInMs: number; limit: number }): Promise<readonly FollowUpV1[]>;
  /** Removes those that are still the holder's; others are left to whoever has them by now. */
  finish(request: { destinationId: string; holder: string; followUpIds: readonly string[] }): Promise<void>;
}

/** One piece of work that is to be done later, as the destination that planned it will read it. */
export interface FollowUpV1 {
  /** Of the destination's own making, at most 200 characters. */
  readonly followUpId: string;
  /** Of the person whom it concerns; an erasure takes it along. */
  readonly subjectRef: string;
  /** What the destination needs to do it. */
  readonly document: JsonValue;
}

/** The same for one destination and this process: what core hands to a connector. */
export interface FollowUpsV1 {
  /** As the facet's, for this destination. */
  plan(request: { delayInMs: number; followUps: readonly FollowUpV1[] }): Promise<void>;
  /** As the facet's, for this destination, and held here until it ends. */
  claim(request: { durationInMs: number; limit: number }): Promise<readonly FollowUpV1[]>;
  /** As the facet's: what another process holds by now is left to it. */
  finish(request: { followUpIds: readonly string[] }): Promise<void>;
}

/** What became of the follow-ups that were due. Those that failed are tried again once their lease has ended. */
export interface FollowUpReportV1 {
  /** How many are finished, and kept no longer. */
  readonly done: number;
  /** How many are still to be done. */
  readonly failed: number;
}
