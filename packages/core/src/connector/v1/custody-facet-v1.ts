import type { IdentifierKind } from "../../model/identifier.ts";
import type { JsonValue } from "../../support/json-value.ts";

/**
 * What a ledger keeps about how a person is treated, beside what the person decided: why they may not be erased yet, that
 * their data rests, what they asked for, and who looked at them. Refs, times, codes and names of attributes; never a value
 * that a person gave.
 */
export interface CustodyFacetV1 {
  /** Every hold of the person, ended ones included, in the order of their setting. */
  listHolds(request: { subjectRef: string }): Promise<readonly HoldV1[]>;
  /** Sets a hold; the same id again changes nothing. `conflict` where the id is another person's, `invalidInput` for nobody. */
  setHold(request: { subjectRef: string; hold: Omit<HoldV1, "liftedAt"> }): Promise<void>;
  /** False where there is no such hold of the person; a lifted one keeps its first instant. */
  liftHold(request: { subjectRef: string; holdId: string; liftedAt: number }): Promise<boolean>;

  /** Since when processing is restricted (GDPR article 18); null where it is not, and for nobody. */
  getRestriction(request: { subjectRef: string }): Promise<RestrictionV1 | null>;
  /** Restricts, or with null lifts. `invalidInput` for nobody. */
  setRestriction(request: { subjectRef: string; restriction: RestrictionV1 | null }): Promise<void>;

  /** The keyed digests by which the person's identifiers would be recognised after an erasure: what an erasure log keeps. */
  listSuppressions(request: { subjectRef: string }): Promise<readonly SuppressionV1[]>;
  /**
   * Suppresses identifiers that nobody may be linked to any more, for a store that was restored to a time before the
   * erasure or the first sign-up. The later of two instants stands. Links and people are left alone: `erasure.erase` first.
   */
  suppress(request: { suppressions: readonly SuppressionV1[]; since: number }): Promise<void>;
  /** Every erasure that the ledger remembers, oldest first. Streams. */
  listErasures(): AsyncIterable<ErasureEntryV1>;

  /**
   * Gives the identifiers of one person to another: from then on they are one, and submissions of either name `into`. What
   * was recorded stays under the ref it was recorded under; suppressions stay. A hold or a restriction of either applies to
   * `into`. Idempotent. `conflict` where `from` was given to somebody else, `invalidInput` where either is nobody.
   */
  mergeSubjects(request: { from: string; into: string; mergedAt: number }): Promise<void>;
  /** The refs that were merged into this one, directly or not, sorted; empty where none was. */
  listMerged(request: { subjectRef: string }): Promise<readonly string[]>;
  /**
   * Of these refs those that are not the only one of their person, as the people they are by now: each once, ordered by ref.
   * Some hundreds at a time, for lists of systems that do not know of merges.
   */
  listMergedPeople(request: { subjectRefs: readonly string[] }): Promise<readonly MergedPersonV1[]>;

  /**
   * Keeps a request. `expectedRevision` null: it is new. `conflict`: another revision stands, or it is not new; nothing was
   * kept. The caller raises `revision` by one each time.
   */
  saveRightsRequest(request: { rightsRequest: StoredRightsRequestV1; expectedRevision: number | null }): Promise<"saved" | "conflict">;
  /** The latest revision; null where there is none of that id. Rejects when it cannot tell. */
  getRightsRequest(request: { requestId: string }): Promise<StoredRightsRequestV1 | null>;
  /** Ordered by `dueAt` (null last), then id. Streams. `isOpen` true: those without an end; absent: all. */
  listRightsRequests(request: { subjectRef?: string | undefined; isOpen?: boolean | undefined }): AsyncIterable<StoredRightsRequestV1>;

  /** Appends; never changed afterwards. The same `accessId` again changes nothing. */
  recordAccesses(request: { accesses: readonly AccessV1[] }): Promise<void>;
  /** Ordered by time, then id; bounds are epoch milliseconds, `since` included and `until` not. Streams. */
  listAccesses(request: {
    subjectRef?: string | undefined;
    since?: number | undefined;
    until?: number | undefined;
  }): AsyncIterable<AccessV1>;
}

/** Why something of a person may not be erased yet (GDPR article 17(3); CCPA 1798.105(d)). Instants are epoch milliseconds. */
export interface HoldV1 {
  /** UUID. */
  readonly holdId: string;
  /** Dotted patterns of attributes; `*` is everything. */
  readonly scope: readonly string[];
  /** The provision, in the brand's words: `CGI art. 102 B`. */
  readonly law: string;
  /** Why, in the brand's words; no value that a person gave. */
  readonly reason: string;
  /** Null where no end is known. It ends by itself then. */
  readonly until: number | null;
  /** Epoch milliseconds, by the caller's clock. */
  readonly setAt: number;
  /** Epoch milliseconds; null while nobody has lifted it. */
  readonly liftedAt: number | null;
}

/** Somebody whom others were merged into. */
export interface MergedPersonV1 {
  /** Who they all are by now. */
  readonly subjectRef: string;
  /** Every other ref of the person, sorted; at least one. */
  readonly merged: readonly string[];
}

/** Since when a person's data rests (GDPR article 18). */
export interface RestrictionV1 {
  /** Epoch milliseconds, by the caller's clock. */
  readonly since: number;
  /** Why, in the brand's words; no value that a person gave. */
  readonly reason: string;
}

/** A keyed digest of an identifier of somebody erased, so that nothing older brings them back. */
export interface SuppressionV1 {
  readonly kind: IdentifierKind;
  /** Of the keyring's `suppression` key. */
  readonly keyId: string;
  /** HMAC-SHA-256, hexadecimal. */
  readonly digest: string;
}

/** One erasure as a ledger has it on record. */
export interface ErasureEntryV1 {
  /** The erased person's; it names nobody any more. */
  readonly subjectRef: string;
  /** As the caller of `erase` gave it. */
  readonly reason: string;
  /** Epoch milliseconds, as the caller of `erase` gave it. */
  readonly requestedAt: number;
  /** The ledger's own stamp. */
  readonly erasedAt: number;
}

/** A request as the ledger keeps it: what it is listed by, and the rest as the caller wrote it. */
export interface StoredRightsRequestV1 {
  /** UUID. */
  readonly requestId: string;
  /** Null where nobody was found. */
  readonly subjectRef: string | null;
  /** What was asked: `access`, `erase`, … The ledger does not read it. */
  readonly kind: string;
  /** How far it has come, in the caller's terms. The ledger does not read it. */
  readonly state: string;
  /** Whether it still awaits an end. */
  readonly isOpen: boolean;
  /** Epoch milliseconds of its deadline; null where no law sets one. */
  readonly dueAt: number | null;
  /** Raised by one with every change, so that of two writers at once one is refused. */
  readonly revision: number;
  /** Holds no value that a person gave. */
  readonly document: JsonValue;
}

/** One look at one person. */
export interface AccessV1 {
  /** UUID. */
  readonly accessId: string;
  /** Epoch milliseconds, by the caller's clock. */
  readonly at: number;
  /** Of the person who was looked at. */
  readonly subjectRef: string;
  /** What was done: `show`, `export`, `release`, … */
  readonly operation: string;
  /** Who looked. */
  readonly actor: string;
  /** Why, in the actor's words. */
  readonly reason: string;
  /** Names of the attributes that were read; never values. Sorted. */
  readonly attributes: readonly string[];
  /** To whom they were given; null where nobody but the actor saw them. */
  readonly recipient: string | null;
}
