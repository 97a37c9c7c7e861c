import type { SystemChangeV1 } from "@volenti/core/adapter";

/** A change that was found in the rows, before it is known where it stands in the feed and how the person is known. */
export interface FoundChange extends Omit<SystemChangeV1, "cursor" | "identifiers" | "country" | "changeId"> {
  /** Epoch milliseconds of the row's SystemModstamp. */
  readonly at: number;
  /** Names the change; ids and instants alone. */
  readonly changeId: string;
}
