import type { ConsentState } from "../../model/consent-state.ts";
import type { InclusionProof, SignedHead } from "../../model/decision.ts";
import type { Identifier } from "../../model/identifier.ts";
import type { JsonValue } from "../../support/json-value.ts";

/** Reads what stands. An unreachable system rejects; it never looks like one that holds nothing. */
export interface ConsentFacetV1 {
  /** Null only when the system was reached and holds no state for this key. `channel` is `*` for a purpose without channels. */
  getState(request: { subjectRef: string; purpose: string; channel: string }): Promise<ConsentState | null>;
  /** Every state of a person, ordered by purpose, then channel; empty only when the system was reached. */
  listStates(request: { subjectRef: string }): Promise<readonly ConsentState[]>;
  /**
   * Several people in fewer calls than one each; absent where the system cannot. Each list is what `listStates` answers;
   * in the map only whom states are held of. The whole answer is held in memory: ask for some hundreds at a time.
   */
  listStatesOf?(request: { subjectRefs: readonly string[] }): Promise<ReadonlyMap<string, readonly ConsentState[]>>;
}

/** Reads decisions as they were recorded. */
export interface ConsentHistoryFacetV1 {
  /**
   * Decisions in the order of their recording a subject; of one subject where named, else of all, ordered by subject.
   * Streams: holds no more than a page in memory.
   */
  listDecisions(request: { subjectRef?: string | undefined }): AsyncIterable<StoredDecisionV1>;
  /**
   * Where the store chains: the end of every person's chain as the store keeps it apart from the rows, ordered by
   * subject. What was cut off a chain's end is missing in the rows and not here. Streams.
   */
  listChainEnds?(): AsyncIterable<ChainEndV1>;
  /** Every signed head that is kept, those that no decision names included, ordered by root. Streams. */
  listHeads?(): AsyncIterable<SignedHead>;
}

/** The end of a person's chain of decisions. */
export interface ChainEndV1 {
  /** Of the person whose chain it is. */
  readonly subjectRef: string;
  /** 0 where no decision was recorded; then there is no link. */
  readonly position: number;
  /** Hexadecimal. */
  readonly link: string | null;
}

/** What a store repeats of a record beside its canonical text, for those who read tables: verification compares both. */
export interface DecisionColumnsV1 {
  /** Key of the purpose. */
  readonly purpose: string;
  /** As the record names it. */
  readonly purposeVersion: string;
  /** Null where the decision names none. */
  readonly channel: string | null;
  /** As the record has it. */
  readonly status: string;
  /** As the record names it, like its version and digest. */
  readonly noticeId: string;
  /** As the record names it. */
  readonly noticeVersion: string;
  /** Hexadecimal. */
  readonly noticeSha256: string;
  /** In what steps the store keeps `occurredAt` and `receivedAt`, cut and not rounded: 1000 where it keeps whole seconds. Absent: 1. */
  readonly instantStepInMs?: number | undefined;
  /** Epoch milliseconds, as the others. */
  readonly occurredAt: number;
  /** Null where the record has none. */
  readonly receivedAt: number | null;
  /** From when the decision counts. */
  readonly effectiveAt: number;
  /** As the record names it. */
  readonly collectionPoint: string;
  /** Absent where the store does not repeat it. */
  readonly test?: boolean | undefined;
}

/** A decision as the system keeps it, with its proof where it keeps one. */
export interface StoredDecisionV1 {
  /** The ref that it was recorded under, also where that was merged into another since. */
  readonly subjectRef: string;
  /** UUID; the same in every destination. */
  readonly decisionId: string;
  /** RFC 8785 form of the record, as the system has it now. */
  readonly canonical: string;
  /** SHA-256 of the canonical text as it was stored, hexadecimal. */
  readonly hash: string;
  readonly proof: InclusionProof;
  /** The signed head of the proof's root, compact JWS; null where the store lost it. */
  readonly head: string | null;
  /** RFC 3339 UTC: the store's own stamp, outside the hash. */
  readonly recordedAt: string;
  /** Where the store repeats parts of the record for readers of tables. */
  readonly columns?: DecisionColumnsV1 | undefined;
  /** Where the store chains decisions per subject: position from 1, and link = SHA-256(previous link ‖ hash), hexadecimal. */
  readonly chain?: { readonly position: number; readonly link: string } | undefined;
  /** Its place in the log of checkpoints; null where it has none yet, absent where the store keeps no log. */
  readonly logIndex?: number | null | undefined;
}

/** Reads profiles. `null` only where the system was reached and holds nothing. */
export interface ProfilesFacetV1 {
  /** Null only when the system was reached and holds no profile of this person. */
  get(request: { subjectRef: string }): Promise<StoredProfileV1 | null>;
  /**
   * The person's ref; null when nobody matches. More than one match is a `conflict`: never pick one. The only match bears no
   * ref of ours: `unlinked`, and never null, since somebody is held.
   */
  find(request: { identifier: Identifier }): Promise<string | null>;
}

/** A profile as the system keeps it. */
export interface StoredProfileV1 {
  /** Of the person whose profile it is. */
  readonly subjectRef: string;
  /** By dotted attribute name; cleared attributes are absent. */
  readonly attributes: Readonly<Record<string, StoredAttributeV1>>;
}

/** One attribute as the system keeps it. */
export interface StoredAttributeV1 {
  readonly value: JsonValue;
  /** Epoch milliseconds of the submission that gave the value. */
  readonly changedAt: number;
  /** Where the system dates only its record: `changedAt` is the record's, and this attribute may be older. */
  readonly dateOf?: "record" | undefined;
}
