import type { ConsentStatus } from "./consent-status.ts";

export const DECISION_SCHEMA = "volenti-decision-1";

export type ActorKind = "subject" | "guardian" | "agent" | "staff" | "signal" | "system";

/**
 * One decision as it is hashed: RFC 8785 canonical form of exactly these members, absent ones left out. Everything in
 * it comes from the submission, the catalogue versions that it names, and the subject's ref, so that a replay gives
 * the same bytes. Instants are RFC 3339 UTC with milliseconds. Nothing in it identifies a person.
 */
export interface DecisionRecord {
  readonly schema: typeof DECISION_SCHEMA;
  readonly id: string;
  readonly controller: string;
  readonly subject: string;
  readonly purpose: { readonly key: string; readonly version: string };
  readonly channel?: string;
  readonly recipients?: readonly string[];
  readonly attributes?: readonly string[];
  readonly status: ConsentStatus;
  readonly actor: { readonly kind: ActorKind; readonly ref?: string };
  readonly method: string;
  readonly explicit: boolean;
  readonly separate: boolean;
  readonly guardian?: { readonly method: string; readonly verifiedAt: string };
  readonly notice: { readonly id: string; readonly version: string; readonly locale: string; readonly sha256: string };
  readonly servedAt?: string;
  /** Never later than `receivedAt`; a device's claim beyond it is kept in `claimedAt`. */
  readonly occurredAt: string;
  readonly claimedAt?: string;
  readonly receivedAt?: string;
  readonly jurisdictions: readonly string[];
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
  readonly validUntil?: string;
  readonly collectionPoint: string;
  /** What the purpose demands and the decision lacked: why a grant was recorded as `requested`. */
  readonly missing?: readonly string[];
  readonly test?: true;
}

/** Where a decision stands in the Merkle tree of the batch that it was sealed in (RFC 9162 section 2.1). */
export interface InclusionProof {
  readonly leafIndex: number;
  readonly treeSize: number;
  /** Sibling hashes from the leaf up, hexadecimal. */
  readonly path: readonly string[];
  /** The tree's root hash, hexadecimal: names the signed head. */
  readonly root: string;
}

/** The signed root of a batch: compact JWS (RFC 7515, EdDSA) whose `kid` names the key. */
export interface SignedHead {
  readonly root: string;
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
