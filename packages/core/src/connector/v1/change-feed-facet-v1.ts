/** Decisions and profile changes that were made in the system itself, by staff at a till or an agent. */
export interface ChangeFeedFacetV1 {
  /** Changes after the cursor (null: from the beginning), oldest first; the last item's cursor continues. At least once. */
  listChanges(request: { cursor: string | null }): AsyncIterable<SystemChangeV1>;
}

export interface SystemChangeV1 {
  readonly cursor: string;
  readonly subjectRef: string;
  readonly kind: "decision" | "profile";
  /** Epoch milliseconds, by the system's clock. */
  readonly changedAt: number;
}
