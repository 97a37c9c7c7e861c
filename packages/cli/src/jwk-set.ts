import type { KeyRevocation, PublicKey } from "@volenti/core";
import type { KeyDescription } from "@volenti/core/adapter";

/**
 * The public signing keys, retired and revoked ones included, as a JWK set (RFC 7517 section 5): what verifies receipts.
 * A revoked key says so in the `revoked` member of OpenID Federation 1.0 (section 8.7.2): `revoked_at` in seconds.
 */
export function toJwkSet(keys: readonly KeyDescription[]): { keys: readonly object[] } {
  return {
    keys: toPublicKeys(keys).map(({ kty, crv, x, kid, revoked }) => ({
      kty,
      crv,
      x,
      kid,
      alg: "EdDSA",
      use: "sig",
      ...(revoked === undefined ? {} : { revoked: { revoked_at: Date.parse(revoked.at) / 1000, reason: revoked.reason } }),
    })),
  };
}

export function toPublicKeys(keys: readonly KeyDescription[]): readonly PublicKey[] {
  return keys.flatMap(({ publicKey }) => (publicKey === undefined ? [] : [publicKey]));
}

/** The Ed25519 keys of a JWK set; others are skipped, as RFC 7517 asks. Null where the text is no JWK set. */
export function parseJwkSet(text: string): readonly PublicKey[] | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  const keys = typeof parsed === "object" && parsed !== null ? (parsed as { keys?: unknown }).keys : undefined;
  if (!Array.isArray(keys)) return null;
  return keys.filter(isPublicKey).map((key) => {
    const { kty, crv, x, kid } = key;
    const revoked = readRevocation((key as { revoked?: unknown }).revoked);
    return revoked === null ? { kty, crv, x, kid } : { kty, crv, x, kid, revoked };
  });
}

/** A reason that is not ours, and an instant that is none, leave the key without any signature that counts. */
function readRevocation(value: unknown): KeyRevocation | null {
  if (value === undefined) return null;
  const { revoked_at: at, reason } = (typeof value === "object" && value !== null ? value : {}) as { revoked_at?: unknown; reason?: unknown };
  const isKnown = typeof at === "number" && Number.isFinite(at) && Math.abs(at) < 1e11 && reason === "superseded";
  return isKnown ? { at: new Date(at * 1000).toISOString(), reason } : { at: new Date(0).toISOString(), reason: "compromised" };
}

function isPublicKey(value: unknown): value is PublicKey {
  if (typeof value !== "object" || value === null) return false;
  const { kty, crv, x, kid } = value as Record<string, unknown>;
  return kty === "OKP" && crv === "Ed25519" && typeof x === "string" && typeof kid === "string";
}
