import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from "node:crypto";
import { ConnectorError } from "@volenti/core";

// The first byte of a blob names what follows, so that another algorithm can stand beside this one.
const AES_256_GCM = 0x01;
const NONCE_LENGTH_IN_BYTES = 12;
const TAG_LENGTH_IN_BYTES = 16;
const CIPHER = "aes-256-gcm";

/**
 * Wraps a data key with AES-256-GCM (NIST SP 800-38D): algorithm byte, nonce, ciphertext, tag. The context is
 * authenticated. Nonces are random, which is good for 2^32 wraps a key: rotate before.
 */
export function wrapKey(request: { key: Uint8Array; context: string; by: KeyObject }): Uint8Array {
  const { key, context, by } = request;
  const nonce = randomBytes(NONCE_LENGTH_IN_BYTES);
  const cipher = createCipheriv(CIPHER, by, nonce, { authTagLength: TAG_LENGTH_IN_BYTES });
  cipher.setAAD(Buffer.from(context, "utf8"));
  const sealed = Buffer.concat([cipher.update(key), cipher.final()]);
  return new Uint8Array(Buffer.concat([Buffer.of(AES_256_GCM), nonce, sealed, cipher.getAuthTag()]));
}

/** Undoes {@link wrapKey}; a blob, key or context that does not fit is a `ConnectorError`. */
export function unwrapKey(request: { wrapped: Uint8Array; context: string; by: KeyObject }): Uint8Array {
  const { wrapped, context, by } = request;
  if (wrapped.length > 0 && wrapped[0] !== AES_256_GCM) throw refusal("unknownWrapAlgorithm");
  if (wrapped.length < 1 + NONCE_LENGTH_IN_BYTES + TAG_LENGTH_IN_BYTES) throw refusal("unwrapFailed");
  const nonce = wrapped.subarray(1, 1 + NONCE_LENGTH_IN_BYTES);
  const decipher = createDecipheriv(CIPHER, by, nonce, { authTagLength: TAG_LENGTH_IN_BYTES });
  decipher.setAAD(Buffer.from(context, "utf8"));
  decipher.setAuthTag(wrapped.subarray(-TAG_LENGTH_IN_BYTES));
  try {
    const sealed = wrapped.subarray(1 + NONCE_LENGTH_IN_BYTES, -TAG_LENGTH_IN_BYTES);
    return new Uint8Array(Buffer.concat([decipher.update(sealed), decipher.final()]));
  } catch {
    throw refusal("unwrapFailed");
  }
}

function refusal(providerCode: "unknownWrapAlgorithm" | "unwrapFailed"): ConnectorError {
  return new ConnectorError({
    code: providerCode === "unwrapFailed" ? "invalidInput" : "versionMismatch",
    connectorId: "fileKeyring",
    operation: "unwrap",
    providerCode,
  });
}
