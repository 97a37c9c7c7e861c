import type { CryptoPort } from "@volenti/core";
import { fromHexadecimal, toHexadecimal, type StoredDecisionV1 } from "@volenti/core/adapter";
import type { DecisionFindingCode } from "./verification-report.ts";

/** Follows the chains of a store that lists its decisions by person: holds one link at a time. */
export interface ChainChecker {
  /** To be called with all decisions in their order; answers what is wrong with each, in that order. */
  check(decisions: readonly HashedDecision[]): Promise<readonly (readonly DecisionFindingCode[])[]>;
  /** People met so far. */
  subjects(): number;
}

/** A decision, and the digest of its canonical text. */
export interface HashedDecision {
  readonly decision: StoredDecisionV1;
  readonly digest: Uint8Array;
  /** The digest in hexadecimal. */
  readonly hash: string;
}

const HASH_LENGTH = 32;
const FIRST_LINK = "0".repeat(HASH_LENGTH * 2);
const FIRST_LINK_BYTES = new Uint8Array(HASH_LENGTH);
const SOUND: readonly DecisionFindingCode[] = [];
const BROKEN: readonly DecisionFindingCode[] = ["chainBroken"];

interface Place {
  readonly subjectRef: string;
  readonly position: number;
  /** As it is stored; read as digits only where something follows. */
  readonly link: string;
  readonly isChained: boolean;
}

export function createChainChecker(options: { crypto: CryptoPort }): ChainChecker {
  let place: Place | null = null;
  let subjects = 0;
  const goOn = (hashed: HashedDecision): Followed => {
    const { subjectRef, chain } = hashed.decision;
    if (place?.subjectRef !== subjectRef) {
      subjects += 1;
      place = { subjectRef, position: 0, link: FIRST_LINK, isChained: chain !== undefined };
    }
    if (chain === undefined) return { codes: place.isChained ? ["chainMissing"] : SOUND };
    const before = place;
    // Goes on from what is stored, so that one fault is one finding and not one for each decision after it.
    place = { subjectRef, position: chain.position, link: chain.link, isChained: true };
    if (chain.position !== before.position + 1) return { codes: ["chainGap"] };
    const [link, digest] = [readLink(before.link), readStoredHash(hashed)];
    if (link?.length !== HASH_LENGTH || digest?.length !== HASH_LENGTH) return { codes: BROKEN };
    return { linked: [link, digest], link: chain.link };
  };
  return {
    subjects: () => subjects,
    check: async (decisions) => {
      const followed = decisions.map(goOn);
      const digests = await options.crypto.sha256(writeMessages(followed));
      let next = 0;
      return followed.map((step) => ("codes" in step ? step.codes : isLink({ digest: digests[next++], link: step.link }) ? SOUND : BROKEN));
    },
  };
}

/** What is wrong with a place in a chain, or what its link has to be the digest of. */
type Followed =
  | { readonly codes: readonly DecisionFindingCode[] }
  | { readonly linked: readonly [before: Uint8Array, digest: Uint8Array]; readonly link: string };

function readLink(text: string): Uint8Array | null {
  return text === FIRST_LINK ? FIRST_LINK_BYTES : fromHexadecimal(text);
}

/** The chain is over what is stored. That is nearly always the digest, whose bytes are there already. */
function readStoredHash({ decision, digest, hash }: HashedDecision): Uint8Array | null {
  return decision.hash === hash ? digest : fromHexadecimal(decision.hash);
}

/** All on one sheet of memory: a buffer each would burden the garbage collector. */
function writeMessages(followed: readonly Followed[]): Uint8Array[] {
  const sheet = new Uint8Array(followed.length * 2 * HASH_LENGTH);
  const messages: Uint8Array[] = [];
  for (const step of followed) {
    if ("codes" in step) continue;
    const [before, digest] = step.linked;
    const start = messages.length * 2 * HASH_LENGTH;
    sheet.set(before, start);
    sheet.set(digest, start + HASH_LENGTH);
    messages.push(sheet.subarray(start, start + 2 * HASH_LENGTH));
  }
  return messages;
}

function isLink(request: { digest: Uint8Array | undefined; link: string }): boolean {
  return request.digest !== undefined && toHexadecimal(request.digest) === request.link;
}
