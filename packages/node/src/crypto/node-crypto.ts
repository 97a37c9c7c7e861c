import { createPublicKey, hash, randomBytes, verify } from "node:crypto";
import type { CryptoPort } from "@volenti/core";

const DIGEST_LENGTH = 32;

/** The digests of `node:crypto`: synchronous, and several times cheaper than WebCrypto on the small messages of evidence. */
export const nodeCrypto = {
  sha256: (messages) => {
    const [only] = messages;
    if (messages.length === 1 && only !== undefined) return [digestOf(only)];
    // All digests of a call on one sheet of memory: a buffer each would cost the garbage collector more than the hashing.
    const sheet = Buffer.allocUnsafeSlow(messages.length * DIGEST_LENGTH);
    return messages.map((message, index) => {
      const start = index * DIGEST_LENGTH;
      sheet.write(hash("sha256", message, "binary"), start, "latin1");
      return new Uint8Array(sheet.buffer, start, DIGEST_LENGTH);
    });
  },
  verifyEd25519: ({ publicKey, data, signature }) => {
    const { kty, crv, x } = publicKey;
    try {
      return verify(null, data, createPublicKey({ key: { kty, crv, x }, format: "jwk" }), signature);
    } catch {
      // A key or signature that cannot be read proves nothing, which is all that the caller asks.
      return false;
    }
  },
  randomBytes: (length) => plain(randomBytes(length)),
} satisfies CryptoPort;

/** Read from text, a letter a byte: a small array that the engine makes itself is cheaper than the buffer of `node:crypto`. */
function digestOf(message: Uint8Array): Uint8Array {
  const letters = hash("sha256", message, "binary");
  const digest = new Uint8Array(DIGEST_LENGTH);
  for (let index = 0; index < DIGEST_LENGTH; index += 1) digest[index] = letters.charCodeAt(index);
  return digest;
}

/** A Buffer is a Uint8Array whose `slice` and `toJSON` differ; callers of the port see the plain one. */
function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
