import type { ConsentAnswer } from "@volenti/core/adapter";

/** Whose people are counted, and how small a group may be told. */
export interface StatisticsRequest {
  /** The destination's key in the configuration. */
  readonly destinationId: string;
  /** The fewest people of a published group; at least 2. Default 10. */
  readonly minimum?: number | undefined;
  /** Given the people that were counted so far, now and then. Must not throw. */
  readonly onProgress?: ((people: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Counts that name nobody: disjoint groups of at least `minimum` people, a table a purpose and channel. */
export interface StatisticsReport {
  /** The destination's key in the configuration. */
  readonly destinationId: string;
  /** The fewest people of any group that is told. */
  readonly minimum: number;
  /** Ordered by purpose, then channel. A table of fewer people than the minimum is not there: see `hasWithheldTables`. */
  readonly tables: readonly StatisticsTable[];
  /** Whether there are purposes and channels of too few people; how many, and of whom, is not told. */
  readonly hasWithheldTables: boolean;
}

/** Counts of one question, group by group. */
export interface StatisticsTable {
  /** Key of the purpose. */
  readonly purpose: string;
  /** `*` for a purpose without channels. */
  readonly channel: string;
  /** Everybody of the table, those in no group included: never fewer than the minimum more than the groups hold, if any. */
  readonly people: number;
  /** The largest first. Disjoint: a group whose member is null holds who is in no finer one. */
  readonly groups: readonly StatisticsGroup[];
  /** Whether some people are in no group, since even together with others they were too few, or would have told of them. */
  readonly hasWithheldGroups: boolean;
}

/** One group of people; small ones are put together. */
export interface StatisticsGroup {
  /** ISO 3166-1 alpha-2, `unknown`, or null: several. */
  readonly country: string | null;
  /** An age band, or null: several. */
  readonly ageBand: string | null;
  /** The year since which the destination holds them, `unknown`, or null: several. */
  readonly since: string | null;
  /** Null: several. */
  readonly answer: ConsentAnswer | null;
  /** At least the report's `minimum`. */
  readonly people: number;
}
