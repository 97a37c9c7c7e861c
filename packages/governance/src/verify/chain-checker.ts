import type { CryptoPort } from "@volenti/core";
import { concatenate, fromHexadecimal, toHexadecimal, type StoredDecisionV1 } from "@volenti/core/adapter";
import type { DecisionFindingCode } from "./verification-report.ts";

/** Follows the chains of a store that lists its decisions by person: holds one link at a time. */
export interface ChainChecker {
  check(decision: StoredDecisionV1): Promise<readonly DecisionFindingCode[]>;
  /** People met so far. */
  subjects(): number;
}

const FIRST_LINK = new Uint8Array(32);

interface Place {
  readonly subjectRef: string;
  readonly position: number;
  readonly link: Uint8Array;
  readonly isChained: boolean;
}

export function createChainChecker(options: { crypto: CryptoPort }): ChainChecker {
  let place: Place | null = null;
  let subjects = 0;
  return {
    subjects: () => subjects,
    check: async (decision) => {
      const { subjectRef, chain } = decision;
      if (place?.subjectRef !== subjectRef) {
        subjects += 1;
        place = { subjectRef, position: 0, link: FIRST_LINK, isChained: chain !== undefined };
      }
      if (chain === undefined) return place.isChained ? ["chainMissing"] : [];
      const before = place;
      const link = fromHexadecimal(chain.link);
      // Goes on from what is stored, so that one fault is one finding and not one for each decision after it.
      place = { subjectRef, position: chain.position, link: link ?? before.link, isChained: true };
      if (chain.position !== before.position + 1) return ["chainGap"];
      const expected = await followLink({ link: before.link, hash: decision.hash, crypto: options.crypto });
      return expected === chain.link ? [] : ["chainBroken"];
    },
  };
}

async function followLink(request: { link: Uint8Array; hash: string; crypto: CryptoPort }): Promise<string | null> {
  const hash = fromHexadecimal(request.hash);
  if (hash === null) return null;
  const [digest] = await request.crypto.sha256([concatenate([request.link, hash])]);
  return digest === undefined ? null : toHexadecimal(digest);
}
