import type { ConsentState } from "../../model/consent-state.ts";
import type { InclusionProof } from "../../model/decision.ts";
import type { Identifier } from "../../model/identifier.ts";
import type { SubmissionMarkV1 } from "./intake-facet-v1.ts";

/** Remembers who is who and what was decided, on the route's own ground. */
export interface LedgerFacetV1 {
  /**
   * One batched look-up, one round trip; answers in the order of the queries.
   *
   * A person who is not known is reserved under `proposedRef` and linked to all the identifiers (insert if absent: two
   * callers who race for one identifier are given the same ref). Where some identifier is known, the first known one
   * names the person, the unknown ones are linked, and one that names somebody else is reported and not linked.
   *
   * Nothing is reserved or linked for a submission that will not be written: one whose id is recorded with another
   * content, or one that was given before one of its identifiers was erased, unless it only refuses. Its answer carries
   * `proposedRef` where nobody is known.
   *
   * Rejects rather than answering from guesswork: an unreachable ledger is never an empty one.
   */
  consult(request: { queries: readonly LedgerQueryV1[]; signal?: AbortSignal | undefined }): Promise<
    readonly LedgerAnswerV1[]
  >;
}

/** One person whom a ledger is asked about, with what the submission is about to do. */
export interface LedgerQueryV1 {
  /** 128 random bits in 26 base32 letters. */
  readonly proposedRef: string;
  /** In the configured precedence, normalised, at least one. */
  readonly identifiers: readonly Identifier[];
  readonly submission: SubmissionMarkV1;
  /** The decision ids of the submission, and of the requests that its confirmations name, to learn which are recorded already. */
  readonly decisionIds: readonly string[];
  /** ISO 3166-1 alpha-2; null where nobody knows: a customer whom another system held before us. */
  readonly country: string | null;
  /** A test person: marked where the ledger has to make them. */
  readonly test: boolean;
  /** Epoch milliseconds: the earliest that anything in the submission was given; 0 for an import, which no date of its own makes later than an erasure. */
  readonly occurredAt: number;
  /** Whether it holds nothing but refusals, which are never turned away. */
  readonly onlyRefuses: boolean;
}

/** What the ledger knows of that person; in the order of the questions. */
export interface LedgerAnswerV1 {
  /** The person's: one that stood, or `proposedRef` where nobody was known. */
  readonly ref: string;
  /** False when the person was reserved by this very call. */
  readonly known: boolean;
  /** Positions in `identifiers` of those that name somebody else. */
  readonly identifiersElsewhere: readonly number[];
  /** The refs of those other people, each once: refusals apply to them too. */
  readonly alsoMatched: readonly string[];
  /** The refs that were merged into `ref`, directly or not, sorted: copies elsewhere may hold the person under those still. */
  readonly merged: readonly string[];
  /** What stands for the person, a row a consent key: of `ref` and all that were merged into it, the greatest. */
  readonly states: readonly ConsentState[];
  /** Those of the decision ids that are recorded already, with their proofs. */
  readonly recorded: readonly RecordedDecisionV1[];
  /** `conflicting`: this submission id is recorded with another content. */
  readonly submission: "unseen" | "same" | "conflicting";
  /** Epoch milliseconds of the latest erasure of one of the identifiers; null where there was none. */
  readonly suppressedSince: number | null;
  /** What `recordIds` keeps of `ref`, one a destination; absent where nothing is. */
  readonly recordIds?: readonly { readonly destinationId: string; readonly recordId: string }[] | undefined;
  /** An erasure hold or a restriction of processing applies to the person. */
  readonly held: boolean;
  /** Processing is restricted (GDPR article 18): decisions are recorded, and attributes withheld. */
  readonly restricted: boolean;
}

/** A decision that the ledger holds already. */
export interface RecordedDecisionV1 {
  /** One of the ids that were asked about. */
  readonly decisionId: string;
  /** RFC 8785 form of the record, as it was stored. */
  readonly canonical: string;
  /** SHA-256 of the canonical text, hexadecimal. */
  readonly hash: string;
  readonly proof: InclusionProof;
  /** The signed head of the proof's root, compact JWS. */
  readonly head: string;
}
