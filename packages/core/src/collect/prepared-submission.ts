import type { RecordedDecisionV1 } from "../connector/v1/ledger-facet-v1.ts";
import type { SubmissionMarkV1 } from "../connector/v1/intake-facet-v1.ts";
import type { ConsentState } from "../model/consent-state.ts";
import type { DecisionRecord, SealedDecision, SignedHead } from "../model/decision.ts";
import type { ProfilePatch } from "../model/profile.ts";
import type { Identifier } from "../model/identifier.ts";
import type { Submission } from "../model/submission.ts";
import type { Problem, WithheldAttribute } from "../model/submission-result.ts";
import type { RoutePlan } from "./plan-route.ts";

/** A submission that was parsed and has a route. */
export interface RoutedSubmission {
  /** Position in the batch. */
  readonly position: number;
  readonly submission: Submission;
  readonly plan: RoutePlan;
  readonly mark: SubmissionMarkV1;
  readonly decisionIds: readonly string[];
}

/** A submission whose person is known by ref, and of which it is known what stood before. */
export interface ConsultedSubmission extends RoutedSubmission {
  readonly ref: string;
  /** Whether the ledger gave the person this ref just now. */
  readonly isNew: boolean;
  /** By destination id: the record that it named for the ref last. */
  readonly recordIds: ReadonlyMap<string, string>;
  readonly states: readonly ConsentState[];
  readonly recorded: ReadonlyMap<string, RecordedDecisionV1>;
  /** Those that its confirmations name, where the ledger holds them. */
  readonly requested: ReadonlyMap<string, RecordedDecisionV1>;
  /** Whether the ledger holds this very submission already. */
  readonly isReplay: boolean;
  readonly alsoMatched: readonly string[];
  /** Refs that the ledger merged into the person: refusals follow into copies that are held under those. */
  readonly merged: readonly string[];
  /** The submission's identifiers that name the person, and those that name somebody else. */
  readonly ownIdentifiers: readonly Identifier[];
  readonly identifiersElsewhere: readonly Identifier[];
  readonly isRestricted: boolean;
  /** What was noticed on the way and left out: an identifier that names somebody else. */
  readonly remarks: readonly Problem[];
}

/** A decision ready to be sealed. */
export interface DraftDecision {
  readonly record: DecisionRecord;
  readonly effectiveAt: number;
  /** One a consent key that it decides; empty for a neutral decision. */
  readonly states: readonly ConsentState[];
  readonly missing: readonly string[];
  /** See `DecisionResult.reasons`. */
  readonly reasons?: readonly string[];
}

export interface PreparedDecision {
  readonly sealed: SealedDecision;
  readonly head: SignedHead;
  readonly states: readonly ConsentState[];
  readonly missing: readonly string[];
  /** See `DecisionResult.reasons`. */
  readonly reasons?: readonly string[];
}

/** A submission ready to be delivered. */
export interface PreparedSubmission extends ConsultedSubmission {
  readonly profile: ProfilePatch | undefined;
  /** By destination id, where the release policy leaves less there. */
  readonly profilesElsewhere: ReadonlyMap<string, ProfilePatch | undefined>;
  readonly withheld: readonly WithheldAttribute[];
  readonly decisions: readonly PreparedDecision[];
  /** The refusals again, for each other person whom an identifier matched. */
  readonly refusalsOfOthers: readonly { readonly ref: string; readonly decisions: readonly PreparedDecision[] }[];
}
