import type { ConsentStatus } from "./consent-status.ts";

export const DECISION_SCHEMA = "volenti-decision-1";

export type ActorKind = "subject" | "guardian" | "agent" | "staff" | "signal" | "system";

/**
 * One decision as it is hashed: RFC 8785 canonical form of exactly these members, absent ones left out. Everything in
 * it comes from the submission, the catalogue versions that it names, and the subject's ref, so that a replay gives
 * the same bytes. Instants are RFC 3339 UTC with milliseconds. Nothing in it identifies a person.
 */
export interface DecisionRecord {
  /** Names the form, so that a later one cannot be mistaken for it. */
  readonly schema: typeof DECISION_SCHEMA;
  /** UUID: the submission's own, else derived from its id, purpose, channel and recipients. */
  readonly id: string;
  /** Id of the controller. */
  readonly controller: string;
  /** The person's ref. */
  readonly subject: string;
  /** A version of the catalogue. */
  readonly purpose: { readonly key: string; readonly version: string };
  /** Absent: of a refusal, every channel; else the purpose has none. */
  readonly channel?: string;
  /** Whom the decision is narrowed to, sorted; absent: all that the version names. */
  readonly recipients?: readonly string[];
  /** Patterns that the decision is narrowed to, sorted; absent: all that the version names. */
  readonly attributes?: readonly string[];
  readonly status: ConsentStatus;
  /** Who gave it; `ref` is the brand's own token for them, never a name. */
  readonly actor: { readonly kind: ActorKind; readonly ref?: string };
  /** How it was given: `checkbox`, `verbal`, … */
  readonly method: string;
  /** The person said so in words of their own act (GDPR article 9(2)(a)). */
  readonly explicit: boolean;
  /** Apart from every other decision (PIPL article 29). */
  readonly separate: boolean;
  /** By what a guardian's authority was verified, and when; absent where nobody acted as one. */
  readonly guardian?: { readonly method: string; readonly verifiedAt: string };
  /** What was shown; the digest is of the notice's canonical form, hexadecimal. */
  readonly notice: { readonly id: string; readonly version: string; readonly locale: string; readonly sha256: string };
  /** When the notice was shown; absent where nobody noted it. */
  readonly servedAt?: string;
  /** Never later than `receivedAt`; a device's claim beyond it is kept in `claimedAt`. */
  readonly occurredAt: string;
  /** What the device claimed, where that lies beyond `receivedAt`. */
  readonly claimedAt?: string;
  /** A trusted server's clock; absent where `occurredAt` is one already. */
  readonly receivedAt?: string;
  /** The country, ISO 3166-1, then the subdivision, ISO 3166-2, where the submission names one. */
  readonly jurisdictions: readonly string[];
  /** Of a double opt-in: how far it came, and over which channel. Absent where none was asked for. */
  readonly confirmation?: {
    readonly state: "pending" | "confirmed" | "lapsed";
    readonly sentAt: string;
    readonly confirmedAt?: string;
    /** The decision that asked (`requested`). */
    readonly requestId?: string;
    /** SHA-256 of the UTF-8 bytes of the link's token, hexadecimal: never the token. */
    readonly tokenHash?: string;
    readonly via?: string;
  };
  /** When a grant ends by itself; absent: as long as the purpose's `validity` says. */
  readonly validUntil?: string;
  /** Where it was collected, in the brand's names. */
  readonly collectionPoint: string;
  /** What the purpose demands and the decision lacked: why a grant was recorded as `requested`. */
  readonly missing?: readonly string[];
  readonly test?: true;
}

/** Where a decision stands in the Merkle tree of the batch that it was sealed in (RFC 9162 section 2.1). */
export interface InclusionProof {
  /** From 0. */
  readonly leafIndex: number;
  /** Number of leaves of the batch. */
  readonly treeSize: number;
  /** Sibling hashes from the leaf up, hexadecimal. */
  readonly path: readonly string[];
  /** The tree's root hash, hexadecimal: names the signed head. */
  readonly root: string;
}

/** The signed root of a batch: compact JWS (RFC 7515, EdDSA) whose `kid` names the key. */
export interface SignedHead {
  /** Hexadecimal: what inclusion proofs name it by. */
  readonly root: string;
  /** Its payload is a `HeadStatement`. */
  readonly jws: string;
}

/** A decision with its proof: what a store that keeps every decision writes, as it is. */
export interface SealedDecision {
  readonly record: DecisionRecord;
  /** RFC 8785 form of the record. */
  readonly canonical: string;
  /** SHA-256 of the UTF-8 bytes of `canonical`, hexadecimal. */
  readonly hash: string;
  /** Epoch milliseconds; see {@link ConsentState}. Neutral decisions have one too, but never stand. */
  readonly effectiveAt: number;
  readonly proof: InclusionProof;
}
