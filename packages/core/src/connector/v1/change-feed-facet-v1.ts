import type { Identifier } from "../../model/identifier.ts";
import type { StandingStatus } from "../../model/consent-status.ts";
import type { JsonValue } from "../../support/json-value.ts";

/** Decisions and profile changes that were made in the system itself, by staff at a till or an agent. */
export interface ChangeFeedFacetV1 {
  /**
   * Changes after the cursor (null: from the beginning), oldest first; the last item's cursor continues. At least once:
   * whoever stops in the middle goes on from the last cursor that was dealt with. Streams: holds no more than a page in
   * memory. Rejects in the middle where the system breaks off; it never just ends. A cursor that is none of this
   * system's is `invalidInput`.
   */
  listChanges(request: { cursor: string | null; signal?: AbortSignal | undefined }): AsyncIterable<SystemChangeV1>;
}

/**
 * One change. What a connector can tell of it beyond the first four members makes it a submission: without `decision`
 * or `attributes` it says only that something changed, and the person is to be read again.
 */
export interface SystemChangeV1 {
  /** Opaque text of the system's own; holds nothing of a person. */
  readonly cursor: string;
  /** The pseudonym that the changed record bears. */
  readonly subjectRef: string;
  /** Which of `decision` and `attributes` may be present. */
  readonly kind: "decision" | "profile";
  /** Epoch milliseconds, by the system's clock. A decision counts from then. */
  readonly changedAt: number;
  /**
   * Names the change wherever it is listed: the same text each time, and another for a later change of the same record.
   * Ids of submissions and decisions are derived from it, so that a change that is listed twice is recorded once.
   */
  readonly changeId?: string | undefined;
  /** Who changed it; `ref` is the user's id in the system and no name. Absent where the system does not tell. */
  readonly by?: { readonly kind: "staff" | "agent" | "system"; readonly ref?: string | undefined } | undefined;
  /** What was decided, of a change of kind `decision`. */
  readonly decision?: SystemDecisionV1 | undefined;
  /** What the attributes are since, by dotted name, of a change of kind `profile`; null: cleared. */
  readonly attributes?: Readonly<Record<string, JsonValue>> | undefined;
  /**
   * By what else than the ref the person is known there, for whoever resolves identifiers; as they stand in the system,
   * not normalised. In flight only, as everywhere. Empty where the system knows none.
   */
  readonly identifiers?: readonly Identifier[] | undefined;
  /** ISO 3166-1 alpha-2; null where the system does not know it. */
  readonly country?: string | null | undefined;
  /** Of a test person. */
  readonly test?: boolean | undefined;
}

/** A decision as people make it in a system: no notice was shown by us, and its id is derived by who records it. */
export interface SystemDecisionV1 {
  /** Key of a purpose, without a version. */
  readonly purpose: string;
  /** A channel of the purpose, or `*`. */
  readonly channel: string;
  readonly status: StandingStatus;
}
