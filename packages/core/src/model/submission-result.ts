import type { FoldV1 } from "../connector/v1/intake-facet-v1.ts";
import type { ConsentStatus } from "./consent-status.ts";

/** What became of one submission; the line that `volenti collect --json` prints. */
export interface SubmissionResult {
  /** Position in the input, from 1. */
  readonly line: number;
  /** Null where the input has none that is valid. */
  readonly submissionId: string | null;
  readonly outcome: SubmissionOutcome;
  /** In the order of the plan; empty for a rejected submission. */
  readonly destinations: readonly DestinationResult[];
  /** What was not sent, and why; empty where everything was. */
  readonly withheld: readonly WithheldAttribute[];
  /** In the order of the submission; empty for a rejected one. */
  readonly decisions: readonly DecisionResult[];
  /** Opaque text that proves the decisions; null unless something was delivered, or where there are no decisions. */
  readonly receipt: string | null;
  /** Why it was rejected; on a delivered one, what was noticed and left out (`identifierElsewhere`). */
  readonly problems: readonly Problem[];
}

/**
 * - `delivered`: every destination is `applied`, `unchanged` or `superseded`
 * - `partlyDelivered`: some are
 * - `undelivered`: none is; safe to send again
 * - `rejected`: it was never sent
 */
export type SubmissionOutcome = "delivered" | "partlyDelivered" | "undelivered" | "rejected";

/** What became of a submission at one destination. */
export interface DestinationResult {
  /** The destination's key in the configuration. */
  readonly id: string;
  readonly outcome: DestinationOutcome;
  /** The code of the error behind anything that is not delivered. */
  readonly code?: string;
  /** The system's own code for it (an SQLSTATE, a fault's code); absent where it gave none. */
  readonly providerCode?: string;
  /** What it is about, in names of the system's fields or of the adapter's settings; never a value. Absent where nobody says. */
  readonly fieldNames?: readonly string[];
  /** The attributes that the destination does not take, or not with these values; absent where there are none. */
  readonly rejectedAttributes?: readonly string[];
  /** The attributes that the brand gave no place there: left out on purpose. Absent where there are none. */
  readonly notKeptAttributes?: readonly string[];
  /** What the destination keeps stricter than it was decided; absent where there is nothing. No failure, and no yes there. */
  readonly folds?: readonly FoldV1[];
  /** Where the brand's own reading of a residency row decided that the data may go there: its reason. */
  readonly reasons?: readonly string[];
}

/**
 * - `applied`: anything current changed there
 * - `unchanged`: nothing was new
 * - `superseded`: nothing changed, and something older lost
 * - `partlyApplied`: some records were refused
 * - `rejected`: the system refused it
 * - `unavailable`: not reached, nothing applied
 * - `unknown`: nobody knows whether it was applied
 * - `notAttempted`: a destination that must acknowledge first did not
 */
export type DestinationOutcome =
  | "applied"
  | "unchanged"
  | "superseded"
  | "partlyApplied"
  | "rejected"
  | "unavailable"
  | "unknown"
  | "notAttempted";

/** An attribute that was not sent, and why. */
export interface WithheldAttribute {
  /** Dotted name from our schema or the brand's declaration. */
  readonly attribute: string;
  readonly reason: WithheldReason;
  /** The one destination that it is withheld from; absent: from all. */
  readonly destination?: string;
}

/**
 * - `noPermittedPurpose`: no purpose that is permitted needs it
 * - `processingRestricted`: the person's data rests
 * - `releasePolicy`: a rule denies it to the destination
 * - `releaseMask`: the destination is given a masked value in its place
 */
export type WithheldReason = "noPermittedPurpose" | "processingRestricted" | "releasePolicy" | "releaseMask";

/** A decision of a submission as it was sealed. */
export interface DecisionResult {
  /** UUID: the submission's own, else derived; the same on every retry. */
  readonly id: string;
  /** Key of the purpose. */
  readonly purpose: string;
  /** Absent where the decision names none. */
  readonly channel?: string;
  /** As recorded: a grant that misses something its purpose demands is `requested`. */
  readonly status: ConsentStatus;
  /** SHA-256 of the canonical record, hexadecimal: what the receipt proves. */
  readonly hash: string;
  /** What a grant lacked. */
  readonly missing?: readonly string[];
  /** Where the brand's own reading of a row of a regime changed what was demanded: `override:ROW:REASON`. */
  readonly reasons?: readonly string[];
}

/** Where, and a code; never a value, never a stranger's key. */
export interface Problem {
  /** `decisions[0].channel`; empty for the submission as a whole. */
  readonly path: string;
  /** A code of words, such as `unknownKey` or `required`. */
  readonly code: string;
}
