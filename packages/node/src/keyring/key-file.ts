import { createPrivateKey, createPublicKey, createSecretKey, generateKeyPairSync, randomBytes, type KeyObject } from "node:crypto";
import { ConnectorError, type PublicKey } from "@volenti/core";
import { toBase32, type KeyKind, type KeyRevocation } from "@volenti/core/adapter";

/** A key of the folder, ready for use. */
export interface LoadedKey {
  readonly keyId: string;
  readonly kind: KeyKind;
  readonly createdAt: string;
  /** From 1; the greatest of its kind is the active one. */
  readonly sequence: number;
  /** The private key of a signing key, else the secret. */
  readonly key: KeyObject;
  readonly publicKey?: PublicKey;
  /** Absent while it is good. */
  readonly revoked?: KeyRevocation;
}

const KEY_SCHEMA = "volenti-key-1";
export const REVOCATION_SCHEMA = "volenti-revocation-1";
const SECRET_LENGTH_IN_BYTES = 32;
const KEY_ID = /^[A-Za-z0-9._-]{1,128}$/;

/** A new key of the kind as the text of its file: JSON with a JSON Web Key (RFC 7517, RFC 8037). */
export function createKeyText(request: { kind: KeyKind; createdAt: string }): string {
  const { kind, createdAt } = request;
  const keyId = `${kind}-${toBase32(randomBytes(10))}`;
  const key =
    kind === "signing"
      ? generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" })
      : createSecretKey(randomBytes(SECRET_LENGTH_IN_BYTES)).export({ format: "jwk" });
  return `${JSON.stringify({ schema: KEY_SCHEMA, kid: keyId, kind, createdAt, key }, null, 2)}\n`;
}

/** Reads the text of a key file; a text that is none is a `ConnectorError` `invalidConfiguration`, `keyFileInvalid`. */
export function readKeyText(request: { text: string; kind: KeyKind; sequence: number }): LoadedKey {
  const { text, kind, sequence } = request;
  try {
    const { schema, kid, kind: statedKind, createdAt, key } = JSON.parse(text) as Record<string, unknown>;
    if (schema === KEY_SCHEMA && isKeyId(kid) && statedKind === kind && isInstant(createdAt)) {
      const description = { keyId: kid, kind, createdAt, sequence };
      return kind === "signing"
        ? { ...description, ...readSigningKey({ jwk: key, keyId: kid }) }
        : { ...description, key: readSecret(key) };
    }
  } catch {
    // What the parsers say may quote the key.
  }
  throw invalidFile(kind);
}

/** Reads that a key was revoked; a text that says something else is `keyFileInvalid` too. */
export function readRevocationText(request: { text: string; key: LoadedKey }): KeyRevocation {
  const { text, key } = request;
  try {
    const { schema, kid, at, reason } = JSON.parse(text) as Record<string, unknown>;
    const isReason = reason === "superseded" || reason === "compromised";
    if (schema === REVOCATION_SCHEMA && kid === key.keyId && isInstant(at) && isReason) return { at, reason };
  } catch {
    // Told below.
  }
  throw invalidFile(key.kind);
}

function invalidFile(kind: KeyKind): ConnectorError {
  return new ConnectorError({
    code: "invalidConfiguration",
    connectorId: "fileKeyring",
    operation: "readKey",
    providerCode: "keyFileInvalid",
    fieldNames: [kind],
  });
}

function readSigningKey(request: { jwk: unknown; keyId: string }): { key: KeyObject; publicKey: PublicKey } {
  const key = createPrivateKey({ key: request.jwk as { kty: string }, format: "jwk" });
  const { x } = createPublicKey(key).export({ format: "jwk" });
  if (key.asymmetricKeyType !== "ed25519" || x === undefined) throw new TypeError("not an Ed25519 key");
  return { key, publicKey: { kty: "OKP", crv: "Ed25519", x, kid: request.keyId } };
}

function readSecret(jwk: unknown): KeyObject {
  const { kty, k } = jwk as { kty?: unknown; k?: unknown };
  const bytes = typeof k === "string" ? Buffer.from(k, "base64url") : Buffer.alloc(0);
  if (kty !== "oct" || bytes.length !== SECRET_LENGTH_IN_BYTES) throw new TypeError("not a secret of 256 bits");
  return createSecretKey(bytes);
}

function isKeyId(value: unknown): value is string {
  return typeof value === "string" && KEY_ID.test(value);
}

function isInstant(value: unknown): value is string {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}
