import type { SignedHead } from "../model/decision.ts";
import { fromBase64url, fromUtf8, toBase64url, toUtf8 } from "../support/bytes.ts";
import { ConnectorError } from "../error/connector-error.ts";
import { canonicalise } from "./canonicalise.ts";
import type { CryptoPort, PublicKey } from "./crypto-port.ts";
import type { Keyring } from "./keyring.ts";

export const HEAD_SCHEMA = "volenti-head-1";
const HEAD_TYPE = "volenti-head+jws";

/** What the signature of a batch says. */
export interface HeadStatement {
  readonly schema: typeof HEAD_SCHEMA;
  readonly controller: string;
  /** Root of the batch's Merkle tree, hexadecimal. */
  readonly root: string;
  readonly size: number;
  /** RFC 3339 UTC: when the batch was sealed, by the collector's clock. */
  readonly sealedAt: string;
}

/** Signs the head of a batch: compact JWS (RFC 7515) with EdDSA (RFC 8037). One signature however large the batch. */
export async function signHead(request: {
  statement: HeadStatement;
  keyring: Pick<Keyring, "sign" | "signingKeyId">;
}): Promise<SignedHead> {
  const { statement, keyring } = request;
  const payload = toBase64url(toUtf8(canonicalise(statement)));
  let kid = await keyring.signingKeyId();
  // The header names the key before the signature is made: a rotation in between is met by signing once more.
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const signed = `${toBase64url(toUtf8(canonicalise({ alg: "EdDSA", kid, typ: HEAD_TYPE })))}.${payload}`;
    const { keyId, signature } = await keyring.sign({ data: toUtf8(signed) });
    if (keyId === kid) return { root: statement.root, jws: `${signed}.${toBase64url(signature)}` };
    kid = keyId;
  }
  throw new ConnectorError({ code: "invalidConfiguration", connectorId: "keyring", operation: "sign", fieldNames: ["signingKeyId"] });
}

export type HeadVerification =
  | { readonly valid: true; readonly statement: HeadStatement; readonly keyId: string }
  | { readonly valid: false; readonly code: "malformedHead" | "unknownKey" | "badSignature" };

/** Checks a signed head against published keys. The algorithm is fixed: a header that names another is malformed. */
export async function verifyHead(request: {
  jws: string;
  publicKeys: readonly PublicKey[];
  crypto: CryptoPort;
}): Promise<HeadVerification> {
  const { jws, publicKeys, crypto } = request;
  const parts = jws.split(".");
  const [headerText, payloadText, signatureText] = parts;
  if (parts.length !== 3 || headerText === undefined || payloadText === undefined || signatureText === undefined) {
    return { valid: false, code: "malformedHead" };
  }
  const header = readObject(headerText);
  const statement = readObject(payloadText);
  const signature = fromBase64url(signatureText);
  if (header === null || statement === null || signature === null || !isHeadStatement(statement)) {
    return { valid: false, code: "malformedHead" };
  }
  const { alg, kid, typ } = header;
  if (alg !== "EdDSA" || typ !== HEAD_TYPE || typeof kid !== "string") return { valid: false, code: "malformedHead" };
  const publicKey = publicKeys.find((candidate) => candidate.kid === kid);
  if (publicKey === undefined) return { valid: false, code: "unknownKey" };
  const isGenuine = await crypto.verifyEd25519({
    publicKey,
    data: toUtf8(`${headerText}.${payloadText}`),
    signature,
  });
  return isGenuine ? { valid: true, statement, keyId: kid } : { valid: false, code: "badSignature" };
}

function readObject(encoded: string): Record<string, unknown> | null {
  const bytes = fromBase64url(encoded);
  if (bytes === null) return null;
  try {
    const value: unknown = JSON.parse(fromUtf8(bytes));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function isHeadStatement(value: Record<string, unknown>): value is Record<string, unknown> & HeadStatement {
  return (
    value["schema"] === HEAD_SCHEMA &&
    typeof value["controller"] === "string" &&
    typeof value["root"] === "string" &&
    /^[0-9a-f]{64}$/.test(value["root"]) &&
    typeof value["size"] === "number" &&
    typeof value["sealedAt"] === "string"
  );
}
