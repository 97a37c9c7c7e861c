/**
 * Beside `ledger` only: under which id of its own another destination holds a person, where the ref does not say it. The next
 * process then asks that system for the very record, and need not search. An erasure by the ledger takes them along, and so does
 * the removal of tests.
 */
export interface RecordIdsFacetV1 {
  /**
   * Keeps one a person and destination; the later one stands. Passes over whoever the ledger does not hold (any more): an id that
   * comes behind an erasure is not kept.
   */
  keep(request: { destinationId: string; recordIds: readonly RecordIdV1[]; signal?: AbortSignal | undefined }): Promise<void>;
}

/** Where one person lies in a system. */
export interface RecordIdV1 {
  /** Of the person, in the ledger that keeps this. */
  readonly subjectRef: string;
  /** The system's own id of its record, at most 200 characters: names nobody by itself. Null: what was kept is forgotten. */
  readonly recordId: string | null;
}
