import type { CryptoPort, PublicKey } from "@volenti/core";
import { verifyHead, type HeadVerification } from "@volenti/core/adapter";

/** Verifies signed heads, each of the recent ones once: a batch of two hundred decisions shares one. */
export type HeadChecker = (jws: string) => Promise<HeadVerification>;

export const MAX_CACHED_HEADS = 1024;

export function createHeadChecker(options: { publicKeys: readonly PublicKey[]; crypto: CryptoPort }): HeadChecker {
  const { publicKeys, crypto } = options;
  // By the whole text: two heads of one root are two signatures, and either may be forged.
  const cached = new Map<string, HeadVerification>();
  return async (jws) => {
    const known = cached.get(jws);
    cached.delete(jws);
    const verification = known ?? (await verifyHead({ jws, publicKeys, crypto }));
    cached.set(jws, verification);
    const [oldest] = cached.keys();
    if (cached.size > MAX_CACHED_HEADS && oldest !== undefined) cached.delete(oldest);
    return verification;
  };
}
