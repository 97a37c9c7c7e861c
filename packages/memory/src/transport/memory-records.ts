import type {
  AccessV1,
  AgeBand,
  AttributeChange,
  ConsentState,
  ErasureEntryV1,
  HoldV1,
  IdentifierKind,
  InclusionProof,
  RestrictionV1,
  StoredCheckpointV1,
  StoredRightsRequestV1,
} from "@volenti/core/adapter";
import type { FollowUpRow } from "../custody/keep-follow-ups.ts";

/** Everything that the system holds: its tables. */
export interface MemoryRecords {
  /** By ref. Only people who were written; a reservation of the ledger is a link. */
  readonly people: Map<string, PersonRow>;
  /** By ref, in the order of recording; they outlive the person. */
  readonly decisions: Map<string, DecisionRow[]>;
  /** The same rows by decision id. */
  readonly decisionsById: Map<string, DecisionRow>;
  /** Signed heads by root. */
  readonly heads: Map<string, string>;
  /** The log that checkpoints are over: a place a row. */
  readonly log: { readonly decisionId: string; readonly hash: string }[];
  /** In the order of their sizes. */
  readonly checkpoints: StoredCheckpointV1[];
  /** By the identifier's keyed digest (`blindIndex`). */
  readonly links: Map<string, LinkRow>;
  /** By the identifier's other keyed digest (`suppression`); `since` is the latest erasure, epoch milliseconds. */
  readonly suppressions: Map<string, { readonly since: number; readonly kind: IdentifierKind; readonly keyId: string }>;
  /** Content digests by submission id. */
  readonly submissions: Map<string, { readonly contentDigest: string; readonly keyId: string }>;
  /** The provisioned versions: `purpose loyalty@1`. */
  readonly catalogue: Set<string>;
  /** By the id of the hold, in the order of their setting. */
  readonly holds: Map<string, HoldRow>;
  /** By ref. */
  readonly restrictions: Map<string, RestrictionV1>;
  /** By ref: the person to whom its identifiers were given. */
  readonly merges: Map<string, string>;
  /** In the order of the erasures. */
  readonly erasures: ErasureEntryV1[];
  /** By the id of the request; the latest revision only. */
  readonly rightsRequests: Map<string, StoredRightsRequestV1>;
  /** By the id of the access, in the order of recording. */
  readonly accesses: Map<string, AccessV1>;
  /** By destination and id. */
  readonly followUps: Map<string, FollowUpRow>;
  /** By ref, then by destination. */
  readonly recordIds: Map<string, Map<string, string>>;
}

/** A hold as the memory keeps it. */
export interface HoldRow extends HoldV1 {
  /** Of the person who is held. */
  readonly ref: string;
}

/** A person as the memory keeps them. */
export interface PersonRow {
  /** The pseudonym: 26 letters of base32, or what core derived without a ledger. */
  readonly ref: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly ageBand: AgeBand;
  /** Whether everything that was ever written about the person is of tests: once real, always real. */
  readonly test: boolean;
  /** Epoch milliseconds of the first write. */
  readonly heldSince: number;
  /** By consent key. */
  readonly states: ReadonlyMap<string, ConsentState>;
  /** By consent key: what would stand without the decisions of tests. */
  readonly realStates: ReadonlyMap<string, ConsentState>;
  /** By dotted name; a cleared attribute stays as a change to null, so that an older value cannot come back. */
  readonly attributes: ReadonlyMap<string, AttributeChange>;
}

/** A decision as the memory keeps it. */
export interface DecisionRow {
  /** The ref that it was recorded under. */
  readonly subjectRef: string;
  /** UUID; the same in every destination. */
  readonly decisionId: string;
  /** RFC 8785 form of the record. */
  readonly canonical: string;
  /** SHA-256 of the canonical text, hexadecimal. */
  readonly hash: string;
  readonly proof: InclusionProof;
  /** RFC 3339 UTC: the memory's own stamp, outside the hash. */
  readonly recordedAt: string;
  /** Its place among the person's decisions, from 1; link = SHA-256(previous link ‖ hash), hexadecimal. */
  readonly chain: { readonly position: number; readonly link: string };
}

/** An identifier's blind index, and the ref that it leads to. */
export interface LinkRow {
  /** The person whom the identifier names. */
  readonly ref: string;
  readonly kind: IdentifierKind;
  /** The identifier's other keyed digest: what stays of it after an erasure. */
  readonly suppressionDigest: string;
  /** The key of that digest. */
  readonly suppressionKeyId: string;
  /** Epoch milliseconds. */
  readonly linkedAt: number;
  /** Whether only tests came with the identifier. */
  readonly test: boolean;
}

export function createMemoryRecords(): MemoryRecords {
  return {
    people: new Map(),
    decisions: new Map(),
    decisionsById: new Map(),
    heads: new Map(),
    log: [],
    checkpoints: [],
    links: new Map(),
    suppressions: new Map(),
    submissions: new Map(),
    catalogue: new Set(),
    holds: new Map(),
    restrictions: new Map(),
    merges: new Map(),
    erasures: [],
    rightsRequests: new Map(),
    accesses: new Map(),
    followUps: new Map(),
    recordIds: new Map(),
  };
}
