import type { CryptoPort, PublicKey } from "@volenti/core";
import { verifyHead, type HeadVerification, type MaybePromise } from "@volenti/core/adapter";

/** Verifies signed heads, each of the recent ones once: a batch of two hundred decisions shares one. */
export type HeadChecker = (jws: string) => MaybePromise<HeadVerification>;

export const MAX_CACHED_HEADS = 1024;

export function createHeadChecker(options: { publicKeys: readonly PublicKey[]; crypto: CryptoPort }): HeadChecker {
  const { publicKeys, crypto } = options;
  // By the whole text: two heads of one root are two signatures, and either may be forged.
  const cached = new Map<string, HeadVerification>();
  const keep = (request: { jws: string; verification: HeadVerification }): HeadVerification => {
    cached.set(request.jws, request.verification);
    const [oldest] = cached.size > MAX_CACHED_HEADS ? cached.keys() : [];
    if (oldest !== undefined) cached.delete(oldest);
    return request.verification;
  };
  return (jws) => {
    const verification = cached.get(jws);
    if (verification === undefined) return verifyHead({ jws, publicKeys, crypto }).then((verified) => keep({ jws, verification: verified }));
    // Which were used lately matters only once one has to go.
    if (cached.size < MAX_CACHED_HEADS) return verification;
    cached.delete(jws);
    return keep({ jws, verification });
  };
}
