import type { CryptoPort } from "./crypto-port.ts";

/** The digests of the platform's WebCrypto: for anything that is not Node, which has a cheaper, synchronous one. */
export const webCrypto: CryptoPort = {
  sha256: (messages) =>
    Promise.all(
      messages.map(async (message) => new Uint8Array(await globalThis.crypto.subtle.digest("SHA-256", owned(message)))),
    ),
  verifyEd25519: async ({ publicKey, data, signature }) => {
    try {
      const { kty, crv, x } = publicKey;
      const key = await globalThis.crypto.subtle.importKey("jwk", { kty, crv, x }, { name: "Ed25519" }, false, ["verify"]);
      return await globalThis.crypto.subtle.verify({ name: "Ed25519" }, key, owned(signature), owned(data));
    } catch {
      return false;
    }
  },
  randomBytes: (length) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
};

/** WebCrypto's types refuse views of shared memory. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
