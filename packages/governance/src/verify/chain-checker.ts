import type { CryptoPort } from "@volenti/core";
import { fromHexadecimal, toHexadecimal, type StoredDecisionV1 } from "@volenti/core/adapter";
import type { DecisionFindingCode } from "./verification-report.ts";

/** Follows the chains of a store that lists its decisions by person: holds one link at a time. */
export interface ChainChecker {
  /** To be called with all decisions in their order; answers what is wrong with each, in that order. */
  check(decisions: readonly StoredDecisionV1[]): Promise<readonly (readonly DecisionFindingCode[])[]>;
  /** People met so far. */
  subjects(): number;
}

const FIRST_LINK = "0".repeat(64);

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
  const goOn = ({ subjectRef, chain, hash }: StoredDecisionV1): Followed => {
    if (place?.subjectRef !== subjectRef) {
      subjects += 1;
      place = { subjectRef, position: 0, link: FIRST_LINK, isChained: chain !== undefined };
    }
    if (chain === undefined) return { codes: place.isChained ? ["chainMissing"] : [] };
    const before = place;
    // Goes on from what is stored, so that one fault is one finding and not one for each decision after it.
    place = { subjectRef, position: chain.position, link: chain.link, isChained: true };
    if (chain.position !== before.position + 1) return { codes: ["chainGap"] };
    const message = fromHexadecimal(before.link + hash);
    return message === null ? { codes: ["chainBroken"] } : { message, link: chain.link };
  };
  return {
    subjects: () => subjects,
    check: async (decisions) => {
      const followed = decisions.map(goOn);
      const digests = await options.crypto.sha256(followed.flatMap((step) => ("message" in step ? [step.message] : [])));
      let next = 0;
      return followed.map((step) => ("codes" in step ? step.codes : isLink({ digest: digests[next++], link: step.link }) ? [] : ["chainBroken"]));
    },
  };
}

/** What is wrong with a place in a chain, or what its link has to be the digest of. */
type Followed = { readonly codes: readonly DecisionFindingCode[] } | { readonly message: Uint8Array; readonly link: string };

function isLink(request: { digest: Uint8Array | undefined; link: string }): boolean {
  return request.digest !== undefined && toHexadecimal(request.digest) === request.link;
}
