import type { ConnectorError } from "../../error/connector-error.ts";
import type { AgeBand } from "../../model/age-band.ts";
import type { ConsentState } from "../../model/consent-state.ts";
import type { SealedDecision, SignedHead } from "../../model/decision.ts";
import type { Identifier } from "../../model/identifier.ts";
import type { ProfilePatch } from "../../model/profile.ts";

/** The one write of a connector. */
export interface IntakeFacetV1 {
  /**
   * Writes a batch; answers one outcome per item, in the order of the items.
   *
   * One bad item must never sink its neighbours. A rejected promise means that the whole batch failed, and its error
   * says whether anything may have been applied (`outcomeUnknown`) or not. When the signal is aborted, the promise
   * rejects with the signal's own reason.
   *
   * No subject occurs twice in a batch, and no consent key twice in an item. Two writers may race: which of them comes
   * first must not change what stands afterwards, as far as `traits.staleWriteGuard` says. The same item may come
   * again, also after it was applied; the second answer is then `unchanged` where the first was `applied`.
   */
  write(batch: WriteBatchV1): Promise<readonly WriteOutcomeV1[]>;
}

/** What is written in one call of the facet; one bad item never sinks its neighbours. */
export interface WriteBatchV1 {
  /** At most `traits.maxBatchSize`. */
  readonly items: readonly SubjectWriteV1[];
  /** The signed heads that the proofs of the items' decisions name. */
  readonly heads: readonly SignedHead[];
  readonly signal?: AbortSignal | undefined;
}

/** All that one person's submissions of a batch change. */
export interface SubjectWriteV1 {
  /** The same on every retry of this item. */
  readonly writeId: string;
  /**
   * `upsert` makes the person where there is none. `existingOnly` (refusals that follow a person everywhere) is for
   * every person whom the ref or, where the system knows people by them, an identifier names: it changes nothing where
   * the system holds none of them, links nothing, and answers `notHeld`.
   *
   * A ledger fails an `upsert` under a ref that was merged: `conflict`, providerCode `subjectMerged`. It takes one that does
   * nothing but clear attributes and comes from no submission (corrections, retention): what lies under that ref is that
   * record's own.
   */
  readonly mode: "upsert" | "existingOnly";
  /** Whom the item is about. */
  readonly subject: {
    /** The pseudonym under which the person is known in every destination. */
    readonly ref: string;
    /** For matching only, unless the profile holds the same value: identifiers travel, and are not stored. In the configured precedence. */
    readonly identifiers: readonly Identifier[];
    /** ISO 3166-1 alpha-2. */
    readonly country: string;
    readonly ageBand: AgeBand;
    /**
     * The route's ledger gave the person this ref in this very delivery, and this is the first time that the item is sent:
     * nothing held anywhere can bear the ref, and it need not be looked for. By their identifiers the system may know the
     * person all the same. Never of a retry, as an attempt before may have made the person; absent: nobody knows.
     */
    readonly isNew?: boolean | undefined;
    /**
     * The id of the record that the system named for this ref last, as the route's ledger kept it. A hint that may be outdated:
     * whoever reads that record makes sure that it is the person's, and looks for the person where it is not. Never for
     * `existingOnly`.
     */
    readonly recordId?: string | undefined;
    /** A test person: to be marked, and removed by `erasure.eraseTest`. */
    readonly test: boolean;
  };
  /**
   * The submissions that this item is made of, with keyed digests of their contents. A ledger keeps them, and fails an
   * item one of whose ids it holds with another digest under the same key: `conflict`, providerCode `conflictingReplay`.
   */
  readonly submissions: readonly SubmissionMarkV1[];
  readonly profile?: ProfilePatch | undefined;
  /** Every decision, those that no longer stand and the neutral ones included. */
  readonly decisions: readonly SealedDecision[];
  /** The greatest decision a consent key, folded by core: what the system's current state is compared with. */
  readonly states: readonly ConsentState[];
  /**
   * What stood for the person in the route's ledger before this item, a state a consent key: for a system that cannot tell
   * by itself whether an older refusal gave way to a newer yes. Never to be written, and not complete: what another ledger
   * recorded is not in it. Absent where the route has no ledger, and for `existingOnly`.
   */
  readonly standing?: readonly ConsentState[] | undefined;
}

/** The submission that an item comes from, for `conflictingReplay`. */
export interface SubmissionMarkV1 {
  /** UUID, as the submission gives it. */
  readonly submissionId: string;
  /** HMAC-SHA-256 of the canonical submission under the keyring's `submission` key, hexadecimal. */
  readonly contentDigest: string;
  /** The key of `contentDigest`: digests under two keys say nothing about each other. */
  readonly keyId: string;
}

/** What became of one item of a batch, in the order of the batch. */
export type WriteOutcomeV1 =
  | {
      readonly writeId: string;
      readonly status: "written";
      /** One a decision of the item, in its order. */
      readonly decisions: readonly DecisionOutcomeV1[];
      /** One an attribute of the item's profile; absent where the item has none. */
      readonly profile?: Readonly<Record<string, AttributeOutcomeV1>> | undefined;
      /** What the system keeps stricter than it was decided, in every record of the person that was written. */
      readonly folds?: readonly FoldV1[] | undefined;
      /**
       * The system's own id of the person's record, at most 200 characters, where the ref does not say it and a search would be
       * needed: the route's ledger keeps it for the next write. Null: what came with the item leads nowhere, and is to be forgotten.
       * Names nobody by itself.
       */
      readonly recordId?: string | null | undefined;
    }
  /** Only for `existingOnly`: the system does not hold this person, and nothing was written. */
  | { readonly writeId: string; readonly status: "notHeld" }
  /** Nothing of the item was applied, or (`outcomeUnknown`) nobody knows. */
  | { readonly writeId: string; readonly status: "failed"; readonly error: ConnectorError };

/**
 * A permission that the system keeps stricter than it was decided, as it has one value for several, or as its own staff
 * refused it while it was written. A fold never permits more.
 */
export interface FoldV1 {
  /** The system's own field. */
  readonly field: string;
  /** In the system's own words: what was decided or stood there, and what is kept in its place. */
  readonly from: string;
  /** What is kept; see `from`. */
  readonly to: string;
  /** A code. */
  readonly reason: string;
}

/**
 * How one decision fared against what stood before this write. An `existingOnly` item that names several people is judged
 * by the first of them.
 * - `applied`: new, and what stands now is it or something greater of the same item; or new evidence (neutral)
 * - `superseded`: recorded where history is kept, but something that stood before is greater
 * - `unchanged`: this decision id was there already
 * - `rejected`: not recorded; only where `traits.atomicity` is `perRecord`
 */
export interface DecisionOutcomeV1 {
  /** One of the item's decisions. */
  readonly decisionId: string;
  /** As above. */
  readonly outcome: "applied" | "superseded" | "unchanged" | "rejected";
  readonly error?: ConnectorError | undefined;
}

/**
 * How one attribute fared. `unchanged` when the very same change (instant and submission) was there already; `rejected`
 * when the system does not take this value; `notKept` when the brand gave the attribute no place there, so that nothing
 * is amiss.
 */
export type AttributeOutcomeV1 = "applied" | "superseded" | "unchanged" | "rejected" | "notKept";
