/** An opt-out flag that is set on a profile record. */
export interface OptOut {
  readonly channel: string;
  /** When it was set, epoch milliseconds; null for one that was set before anything here dated it. */
  readonly stamp: number | null;
}
