import { ConnectorError } from "../error/connector-error.ts";
import { fromBase64url, fromUtf8, toBase64url, toUtf8 } from "../support/bytes.ts";
import { canonicalise } from "./canonicalise.ts";
import type { CryptoPort, PublicKey } from "./crypto-port.ts";
import type { Keyring } from "./keyring.ts";

/** Signs the RFC 8785 form of a statement: compact JWS (RFC 7515) with EdDSA (RFC 8037). `type` is the header's `typ`. */
export async function signStatement(request: {
  statement: object;
  type: string;
  keyring: Pick<Keyring, "sign" | "signingKeyId">;
}): Promise<string> {
  const { statement, type, keyring } = request;
  const payload = toBase64url(toUtf8(canonicalise(statement)));
  let kid = await keyring.signingKeyId();
  // The header names the key before the signature is made: a rotation in between is met by signing once more.
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const signed = `${toBase64url(toUtf8(canonicalise({ alg: "EdDSA", kid, typ: type })))}.${payload}`;
    const { keyId, signature } = await keyring.sign({ data: toUtf8(signed) });
    if (keyId === kid) return `${signed}.${toBase64url(signature)}`;
    kid = keyId;
  }
  throw new ConnectorError({ code: "invalidConfiguration", connectorId: "keyring", operation: "sign", fieldNames: ["signingKeyId"] });
}

export type StatementVerification =
  | { readonly valid: true; readonly payload: Readonly<Record<string, unknown>>; readonly publicKey: PublicKey }
  | { readonly valid: false; readonly code: "malformed" | "unknownKey" | "badSignature" };

/** Checks form and signature; what the statement says, and whether its key was revoked, is for the caller. */
export async function verifyStatement(request: {
  jws: string;
  type: string;
  publicKeys: readonly PublicKey[];
  crypto: CryptoPort;
}): Promise<StatementVerification> {
  const { jws, type, publicKeys, crypto } = request;
  const parts = jws.split(".");
  const [headerText, payloadText, signatureText] = parts;
  if (parts.length !== 3 || headerText === undefined || payloadText === undefined || signatureText === undefined) {
    return { valid: false, code: "malformed" };
  }
  const header = readObject(headerText);
  const payload = readObject(payloadText);
  const signature = fromBase64url(signatureText);
  if (header === null || payload === null || signature === null) return { valid: false, code: "malformed" };
  const { alg, kid, typ } = header;
  // The algorithm is fixed: a header that names another, or asks for an extension, is none of ours.
  if (alg !== "EdDSA" || typ !== type || typeof kid !== "string" || "crit" in header) return { valid: false, code: "malformed" };
  const publicKey = publicKeys.find((candidate) => candidate.kid === kid);
  if (publicKey === undefined) return { valid: false, code: "unknownKey" };
  const isGenuine = await crypto.verifyEd25519({ publicKey, data: toUtf8(`${headerText}.${payloadText}`), signature });
  return isGenuine ? { valid: true, payload, publicKey } : { valid: false, code: "badSignature" };
}

/**
 * Whether a signature no longer counts. After the revocation none does; of a key that others may have, none at all, since
 * whoever has the key writes what instant they like.
 */
export function isRevoked(request: { publicKey: PublicKey; signedAt: number }): boolean {
  const { revoked } = request.publicKey;
  if (revoked === undefined) return false;
  return revoked.reason === "compromised" || request.signedAt >= Date.parse(revoked.at);
}

/** Only the one form that RFC 8785 gives: a doubled member, say, would be read differently by different readers. */
function readObject(encoded: string): Record<string, unknown> | null {
  const bytes = fromBase64url(encoded);
  if (bytes === null) return null;
  try {
    const text = fromUtf8(bytes);
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value) || canonicalise(value) !== text) return null;
    return value as Record<string, unknown>;
  } catch {
    return null;
  }
}
