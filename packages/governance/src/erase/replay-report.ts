import type { DestinationErasure } from "./erasure-report.ts";

/** What became of one erasure of the log when it was done again. */
export interface ReplayedErasure {
  /** From 1, in the order of the log. */
  readonly position: number;
  /** Of the entry of the log. */
  readonly entryId: string;
  /** RFC 3339 UTC. */
  readonly requestedAt: string;
  /** `incomplete`: a destination has to be asked again; run the replay again before traffic opens. */
  readonly outcome: "complete" | "incomplete";
  /** In the order of erasing. `id` may name a destination that the configuration has no more: `failed`, `unknownDestination`. */
  readonly destinations: readonly DestinationErasure[];
}
