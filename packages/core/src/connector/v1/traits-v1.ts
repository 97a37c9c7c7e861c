import type { ConsentStatus } from "../../model/consent-status.ts";
import type { IdentifierKind } from "../../model/identifier.ts";

/**
 * How strongly a system keeps its promises. Each list is strongest first. The conformance kit checks every claim and
 * fails an overclaim; claim less when in doubt.
 */
export interface ConnectorTraitsV1 {
  /**
   * What happens to a state that is not greater than the one that stands.
   * - `atServer`: the system itself refuses it, also when two writers race
   * - `readThenWrite`: the adapter looks first; best effort across processes
   * - `none`: the last to arrive wins
   */
  readonly staleWriteGuard: "atServer" | "readThenWrite" | "none";
  /** The same question for profile attributes. */
  readonly profileStaleGuard: "atServer" | "readThenWrite" | "none";
  /**
   * What makes a second arrival of the same write harmless.
   * - `byDecisionId`: every decision id is applied once
   * - `byNaturalKey`: the row of a subject and purpose is written again, with the same result
   * - `none`: core never sends a write again whose outcome is unknown
   */
  readonly idempotency: "byDecisionId" | "byNaturalKey" | "none";
  /** Whether a subject's profile change and decisions land together or each on its own. */
  readonly atomicity: "perSubject" | "perRecord";
  /** Whether every decision is kept, or only what stands. */
  readonly historyDepth: "everyDecision" | "latestOnly";
  /** Whether a read after an acknowledged write sees it. */
  readonly readAfterWrite: "immediate" | "eventual";
  /** The finest step of time that the system keeps. */
  readonly instantPrecision: "millisecond" | "second" | "day";
  /**
   * The statuses that can be told apart when read back; with `statusDetail` `meaning`, those that are accepted. A refusal
   * outside the list is an error, never dropped.
   */
  readonly representableStatuses: readonly ConsentStatus[];
  /** The identifier kinds by which a person can be found there. */
  readonly subjectKeys: readonly IdentifierKind[];
  /** The most subjects that one `intake.write` takes. At least 1. */
  readonly maxBatchSize: number;
  /**
   * How many people one write best carries, where calls are scarce: streams are cut into batches of the greatest that a
   * destination prefers, at least 200 and at most 1,000. Absent: no preference. A preference beyond `maxBatchSize` is
   * cut down to it.
   */
  readonly preferredBatchSize?: number | undefined;
  /**
   * Which of two changes of one attribute at one instant stands.
   * - `bySubmission` (absent): that of the greater submission id, in whatever order they arrive
   * - `lastWrite`: the later arrival, in a system that compares instants and nothing else
   */
  readonly profileTies?: "bySubmission" | "lastWrite" | undefined;
  /**
   * Which of two decisions of one key at one instant stands. A refusal or an ending beats a grant in any case.
   * - `byId` (absent): that of the greater decision id, in whatever order they arrive
   * - `keepsFirstGrant`: of two grants the one that arrived first, of two refusals or endings either: a system that cannot
   *   compare ids
   */
  readonly decisionTies?: "byId" | "keepsFirstGrant" | undefined;
  /**
   * How much of a state comes back.
   * - `exact` (absent): every member
   * - `meaning`: its key, its decision, when it counts from, and whether it is a grant, a refusal or an ending: another status
   *   of the same meaning may be read, another version, and none of what a grant was narrowed to or ends at
   */
  readonly statusDetail?: "exact" | "meaning" | undefined;
}
