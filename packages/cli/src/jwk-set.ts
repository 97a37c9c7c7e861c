import type { PublicKey } from "@volenti/core";
import type { KeyDescription } from "@volenti/core/adapter";

/** The public signing keys, retired ones included, as a JWK set (RFC 7517 section 5): what verifies receipts. */
export function toJwkSet(keys: readonly KeyDescription[]): { keys: readonly object[] } {
  return {
    keys: toPublicKeys(keys).map(({ kty, crv, x, kid }) => ({ kty, crv, x, kid, alg: "EdDSA", use: "sig" })),
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
  return Array.isArray(keys) ? keys.filter(isPublicKey).map(({ kty, crv, x, kid }) => ({ kty, crv, x, kid })) : null;
}

function isPublicKey(value: unknown): value is PublicKey {
  if (typeof value !== "object" || value === null) return false;
  const { kty, crv, x, kid } = value as Record<string, unknown>;
  return kty === "OKP" && crv === "Ed25519" && typeof x === "string" && typeof kid === "string";
}
