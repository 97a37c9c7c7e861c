/** What a run may find, closed. The order is the one in which they are looked for. */
export type Breach =
  | "acknowledgedLost"
  | "appliedTwice"
  | "refusalReversed"
  | "wrongFinalState"
  | "leftBeforeLocalStore"
  | "receiptInvalid"
  | "toldBetterThanTrue"
  | "toldDifferently"
  | "chainBroken"
  | "neverSettled";

/** A promise of the house that was broken, and whose. */
export interface Finding {
  readonly breach: Breach;
  /** In words: ids of our own and names of made-up people, so that it can be looked for in the account of events. */
  readonly about: string;
}

export type Report = (finding: Finding) => void;
