import type { JsonValue } from "../support/json-value.ts";
import type { AgeBand } from "./age-band.ts";
import type { CataloguedNotice, CataloguedPurpose } from "./catalogue.ts";
import type { DecisionRecord } from "./decision.ts";
import type { Identifier } from "./identifier.ts";
import type { RawDecision } from "./submission-schema.ts";

/** A submission that was understood: every word known to the catalogue, identifiers and instants in their one form. */
export interface Submission {
  readonly submissionId: string;
  readonly collectionPoint: string;
  /** Epoch milliseconds, never later than `receivedAt`. */
  readonly occurredAt: number;
  /** The same as RFC 3339 UTC text. */
  readonly occurredAtText: string;
  /** The device's own claim, where it lay beyond `receivedAt`. */
  readonly claimedAt: number | null;
  readonly receivedAt: number | null;
  readonly country: string;
  readonly jurisdictions: readonly string[];
  /** In the configured precedence, each once. */
  readonly identifiers: readonly SubmittedIdentifier[];
  readonly ageBand: AgeBand;
  readonly actor: DecisionRecord["actor"];
  readonly test: boolean;
  /** By dotted attribute name; null clears. */
  readonly profile: ReadonlyMap<string, JsonValue>;
  readonly decisions: readonly SubmittedDecision[];
  /** RFC 8785 form of the whole submission: what a replay must repeat. */
  readonly content: string;
}

export interface SubmittedIdentifier extends Identifier {
  /** Position in the submission as it was sent. */
  readonly position: number;
}

export interface SubmittedDecision {
  readonly raw: RawDecision;
  readonly purpose: CataloguedPurpose;
  readonly notice: CataloguedNotice;
}
