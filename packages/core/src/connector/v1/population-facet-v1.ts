import type { AgeBand } from "../../model/age-band.ts";
import type { ConsentState } from "../../model/consent-state.ts";

/** Everybody whom a system holds under a ref of ours: what it holds of whom, and since when, and no value. */
export interface PopulationFacetV1 {
  /**
   * Ordered by ref, each person once, by the ref of now and with what is kept under refs that were merged into it; whoever
   * was merged is no person of their own, unless the one they were merged into is gone. `after` continues behind a ref. Streams: holds no more than a page in memory. People
   * who were erased are not listed. Rejects in the middle where the system breaks off; it never just ends. A person who is
   * written meanwhile may be listed as before or as after.
   */
  listPeople(request: { after?: string | undefined; signal?: AbortSignal | undefined }): AsyncIterable<ListedPersonV1>;
}

/** One person of the population, without a value. */
export interface ListedPersonV1 {
  /** The pseudonym that the record bears. */
  readonly subjectRef: string;
  /** The refs that were merged into it, sorted: what is told here may be kept under any of them. */
  readonly merged: readonly string[];
  /** ISO 3166-1 alpha-2; null where the system does not know it. */
  readonly country: string | null;
  readonly ageBand: AgeBand;
  /** A test person, whom statistics leave out. */
  readonly test: boolean;
  /** Epoch milliseconds: since when the system holds the person; null where it does not tell. */
  readonly heldSince: number | null;
  /** The greatest of each key under any ref; ordered by purpose, then channel. */
  readonly states: readonly ConsentState[];
  /** By dotted name, those that have a value under any ref: epoch milliseconds of their last change. */
  readonly attributes: Readonly<Record<string, number>>;
}
