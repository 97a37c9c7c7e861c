/** Erases a person from the system. */
export interface ErasureFacetV1 {
  /**
   * Erases a person; answers a row a kind of record. Idempotent: a second call answers `notFound` for what is gone.
   * Proof rows may be retained where they identify nobody any more; the answer says why and until when.
   */
  erase(request: { subjectRef: string; reason: ErasureReason; requestedAt: number }): Promise<readonly ErasureOutcomeV1[]>;
  /** Removes every test person with all records, decisions included. */
  eraseTest(): Promise<readonly ErasureOutcomeV1[]>;
}

/** Why a person is erased. */
export type ErasureReason = "subjectRequest" | "retentionEnded" | "testData";

/** What became of one kind of record of an erased person. */
export interface ErasureOutcomeV1 {
  /** `profile`, `identifiers`, `keys`, `decisions`, `states`, or the system's own kind. */
  readonly kind: string;
  /** `masked`: the record stays, its values replaced by what names nobody. */
  readonly outcome: "erased" | "masked" | "notFound" | "retained";
  /** How many records of this kind it concerns; 0 for `notFound`. */
  readonly count: number;
  /** Why it was retained, as a code of words (`proofWithoutIdentity`). */
  readonly reason?: string | undefined;
  /** RFC 3339 UTC; absent where no end is known. */
  readonly until?: string | undefined;
}
