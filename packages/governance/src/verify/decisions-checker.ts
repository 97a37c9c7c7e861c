import type { CryptoPort } from "@volenti/core";
import { toHexadecimal, toUtf8, type HeadVerification, type StoredDecisionV1 } from "@volenti/core/adapter";
import { createChainChecker, type HashedDecision } from "./chain-checker.ts";
import { checkDecision, type CheckedDecision } from "./check-decision.ts";
import type { HeadChecker } from "./head-checker.ts";
import { createProofChecker } from "./proof-checker.ts";

/** Checks decisions some at a time, so that their digests cost few calls. */
export interface DecisionsChecker {
  /** To be called with all decisions in the order of the store; answers for each, in that order. */
  check(decisions: readonly StoredDecisionV1[]): Promise<readonly CheckedDecision[]>;
  /** People met so far. */
  subjects(): number;
}

export function createDecisionsChecker(options: {
  controllerId: string;
  crypto: CryptoPort;
  checkHead: HeadChecker;
  provedSizes: ReadonlyMap<string, number>;
}): DecisionsChecker {
  const { controllerId, crypto, checkHead, provedSizes } = options;
  const checkProofs = createProofChecker({ crypto });
  const chains = createChainChecker({ crypto });
  return {
    subjects: () => chains.subjects(),
    check: async (decisions) => {
      const digests = await crypto.sha256(decisions.map(({ canonical }) => toUtf8(canonical)));
      const hashed = decisions.map((decision, index) => toHashed({ decision, digest: digests[index] }));
      const isIncluded = await checkProofs(hashed.map(({ decision: { proof }, digest }) => ({ leaf: digest, proof })));
      const chainCodes = await chains.check(hashed);
      const checked: CheckedDecision[] = [];
      for (const [index, { decision, hash }] of hashed.entries()) {
        const verifying = decision.head === null ? null : checkHead(decision.head);
        const head: HeadVerification | null = verifying instanceof Promise ? await verifying : verifying;
        const own = checkDecision({ decision, controllerId, hash, isIncluded: isIncluded[index] === true, head, provedSizes });
        const broken = chainCodes[index] ?? [];
        checked.push(broken.length === 0 ? own : { ...own, faults: [...own.faults, ...broken.map((code) => ({ code }))] });
      }
      return checked;
    },
  };
}

function toHashed(request: { decision: StoredDecisionV1; digest: Uint8Array | undefined }): HashedDecision {
  const { decision, digest } = request;
  if (digest === undefined) throw new TypeError("the crypto port answered fewer digests than it was asked for");
  return { decision, digest, hash: toHexadecimal(digest) };
}
