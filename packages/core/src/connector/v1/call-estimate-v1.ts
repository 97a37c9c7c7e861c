/** What is to be written, as a stream in full batches. */
export interface CallEstimateRequestV1 {
  /** Different people, none of them known yet. */
  readonly people: number;
  /** All their decisions together. */
  readonly decisions: number;
}

/** How many calls a stream would cost, as an estimate that asks nobody. */
export interface CallEstimateV1 {
  /** What the system's budget counts as calls; whole, rounded up. */
  readonly calls: number;
  /** The calls that the budget allows in a day; null where nobody knows before the system was asked. */
  readonly dailyLimit: number | null;
}
