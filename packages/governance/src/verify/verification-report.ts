import type { PublicKey, ReceiptProblemCode } from "@volenti/core";

/** A receipt to verify: nothing is asked of any store, and nothing of the network. */
export interface ReceiptRequest {
  /** The text that `collect` answered. */
  readonly receipt: string;
  /** Default: the keyring's own, retired ones included. */
  readonly publicKeys?: readonly PublicKey[] | undefined;
}

/** What was found of a receipt. */
export interface ReceiptReport {
  /** Whether everything in it proves; false also where nothing could be read. */
  readonly valid: boolean;
  /** As the receipt says; null where it could not be read. */
  readonly submissionId: string | null;
  /** The decisions that are proved. */
  readonly decisions: readonly ProvedDecision[];
  /** Empty where it is valid. */
  readonly findings: readonly ReceiptFinding[];
}

/** A decision that a receipt proves. */
export interface ProvedDecision {
  /** UUID, as the receipt names it. */
  readonly decisionId: string;
  /** SHA-256 of the decision's record, hexadecimal. */
  readonly hash: string;
  /** RFC 3339 UTC: when its batch was sealed, by the collector's clock. */
  readonly sealedAt: string;
  /** Of the key that signed its batch. */
  readonly keyId: string;
}

/** Something that a receipt does not prove. */
export interface ReceiptFinding {
  /** `wrongController`: proved, but sealed for another controller than the configuration's. */
  readonly code: ReceiptProblemCode | "wrongController";
  /** Absent where it is about the receipt as a whole. */
  readonly decisionId?: string;
}

/** A destination whose stored decisions are to be verified, every one. */
export interface DestinationRequest {
  /** The destination's key in the configuration. */
  readonly destinationId: string;
  /** Default: the keyring's own, retired ones included. */
  readonly publicKeys?: readonly PublicKey[] | undefined;
  /** Called with each finding as it is made; the report then lists none, so that memory does not grow with them. */
  readonly onFinding?: ((finding: DecisionFinding) => void) | undefined;
}

/** What was checked at one destination, and found. */
export interface DestinationReport {
  /** The destination's key in the configuration. */
  readonly destinationId: string;
  /** Whether there is no finding. */
  readonly valid: boolean;
  /** What was looked at; findings by code, and none that never occurred. */
  readonly counts: {
    readonly decisions: number;
    /** Decisions without a finding of their own. */
    readonly sound: number;
    /** People who have decisions. */
    readonly subjects: number;
    /**
     * Refusals and endings, among the decisions, that were sealed under another ref than that of their row: they followed
     * a person to a store that knows the person by a ledger of its own. No finding.
     */
    readonly followedRefusals: number;
    /**
     * Refusals and endings that stand for a person by a decision which is not in that person's history: they followed
     * the person, and are recorded under another ref, here or elsewhere. No finding.
     */
    readonly followedStates: number;
    /**
     * States that people made in the system itself, and that nobody collected yet: a consent that they clicked, an opt-out
     * flag that they set (`staff-…` in the place of a decision id). A refusal or an ending of theirs is no finding; a grant is
     * a `stateMismatch` of its `decisionId` beside the count, because nothing proves it.
     */
    readonly changedByStaff: number;
    /**
     * People whose decisions would stand, and of whom nothing is kept that stands, nor a profile: erased, or taken away.
     * No finding, since a store may erase so.
     */
    readonly withoutStates: number;
    /**
     * Leaves, of the signed trees of the decisions found, that have no row here. No finding: they may be decisions for
     * other destinations, of submissions that were refused after they were sealed, or of test people who were erased.
     */
    readonly unaccountedLeaves: number;
    /** Where the destination keeps a log that checkpoints are signed over. */
    readonly log?: LogCounts | undefined;
    readonly findings: Readonly<Partial<Record<DecisionFindingCode, number>>>;
  };
  /** In the order of the store, a person's own after those of the person's decisions; empty where `onFinding` took them. */
  readonly findings: readonly DecisionFinding[];
}

/** Something that is wrong with a stored decision. */
export interface DecisionFinding {
  readonly code: DecisionFindingCode;
  /** The decision; the one that a state names or should name. Absent where it is about a person's chain as a whole. */
  readonly decisionId?: string;
  /** The person's ref, where it is about what is kept beside the decisions. */
  readonly subjectRef?: string;
  /**
   * For `columnMismatch` the column, for `stateMismatch` the member of the state: `decisionId` for a state that names no
   * decision of the person, or one that is not the greatest, `state` for one that is missing.
   */
  readonly field?: string;
  /** Where it is about the log or a checkpoint: the place, or the checkpoint's size. */
  readonly size?: number;
  /** Where it is about what was published. */
  readonly anchorId?: string;
  /** Where it is about a signed head that no decision need name. */
  readonly root?: string;
}

/** How much of a ledger's log was walked and compared. */
export interface LogCounts {
  /** Decisions that have a place. */
  readonly entries: number;
  /** Decisions that no checkpoint covers yet; of a store that does not say so, those of tests among them. */
  readonly uncovered: number;
  /** Kept ones, each of which was checked. */
  readonly checkpoints: number;
  /** Checkpoints that no anchor has: the last one covers them where it was published. */
  readonly unanchored: number;
}

/**
 * - `malformedRecord`: the canonical text is no decision, or not in the one form that RFC 8785 gives it
 * - `hashMismatch`: the stored hash is not that of the text
 * - `idMismatch`, `subjectMismatch`: the record is of another decision or person than its row; a person's refusals and
 *   endings under another ref are no finding, see `followedRefusals`
 * - `wrongController`: the record or its head is of another controller
 * - `badProof`: the hash is not where the proof says, under the root that it names
 * - `revokedKey`: genuine, by a key that was revoked, and not proved to be older by a checkpoint that was published
 * - `logGap`, `logMismatch`, `decisionMissing`: a place of the log is left out, or the decision's row is not what it was when
 *   it was given its place, or is gone
 * - `logTruncated`: a checkpoint covers more places than there are
 * - `malformedCheckpoint`, `checkpointMismatch`: it is none, or not over the log as it is
 * - `checkpointDoesNotExtend`: it goes on from another one than the one before it
 * - `checkpointMissing`, `anchorMismatch`: what was published is not in the store, or was published over another log
 * - `missingHead`, `malformedHead`, `unknownKey`, `badSignature`: the root is not signed, as far as can be told
 * - `headMismatch`: the signed head is of another tree than the proof
 * - `chainGap`: a position of the person's chain is left out, doubled or out of order
 * - `chainBroken`: the link does not follow from the one before
 * - `chainMissing`: the person's other decisions are chained, this one is not
 * - `columnMismatch`: a column that repeats a part of the record, for readers of tables, says something else
 * - `stateMismatch`: what stands for the person is not what the person's decisions say
 * - `chainEndMismatch`: the person's rows end elsewhere than the store says that the chain ends
 */
export type DecisionFindingCode =
  | "malformedRecord"
  | "hashMismatch"
  | "idMismatch"
  | "subjectMismatch"
  | "wrongController"
  | "badProof"
  | "missingHead"
  | "malformedHead"
  | "unknownKey"
  | "revokedKey"
  | "badSignature"
  | "logGap"
  | "logMismatch"
  | "decisionMissing"
  | "logTruncated"
  | "malformedCheckpoint"
  | "checkpointMismatch"
  | "checkpointDoesNotExtend"
  | "checkpointMissing"
  | "anchorMismatch"
  | "headMismatch"
  | "chainGap"
  | "chainBroken"
  | "chainMissing"
  | "columnMismatch"
  | "stateMismatch"
  | "chainEndMismatch";
