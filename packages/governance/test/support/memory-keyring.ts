import { createHmac, generateKeyPairSync, hash, randomBytes, sign, verify, createPublicKey } from "node:crypto";
import type { CryptoPort, Keyring, KeyDescription, MacUse } from "@volenti/core/adapter";

const crypto: CryptoPort = {
  sha256: (messages) => messages.map((message) => new Uint8Array(hash("sha256", message, "buffer"))),
  verifyEd25519: ({ publicKey: { kty, crv, x }, data, signature }) =>
    verify(null, data, createPublicKey({ key: { kty, crv, x }, format: "jwk" }), signature),
  randomBytes: (length) => new Uint8Array(randomBytes(length)),
};

function unusable(): never {
  throw new Error("these tests wrap no keys");
}

export interface MemoryKeyring extends Keyring {
  /** From now on another key is active for the use; the one before is still there. */
  rotate(use: MacUse): void;
}

/** A keyring that lives as long as its test. */
export function createMemoryKeyring(options: { signingKeyId: string }): MemoryKeyring {
  const { signingKeyId: kid } = options;
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const { x = "" } = publicKey.export({ format: "jwk" });
  const secrets = new Map<string, Uint8Array>();
  const secretOf = (keyId: string): Uint8Array => {
    const secret = secrets.get(keyId) ?? randomBytes(32);
    secrets.set(keyId, secret);
    return secret;
  };
  const rotated: KeyDescription[] = [];
  const activeKeyOf = (use: MacUse): string => `${use}-${rotated.filter(({ kind }) => kind === use).length + 1}`;
  const signing: KeyDescription = {
    keyId: kid,
    kind: "signing",
    createdAt: "2026-01-01T00:00:00.000Z",
    status: "active",
    publicKey: { kty: "OKP", crv: "Ed25519", x, kid },
  };
  return {
    crypto,
    describe: () => [signing, ...rotated],
    rotate: (use) => void rotated.push({ keyId: activeKeyOf(use), kind: use, createdAt: signing.createdAt, status: "retired" }),
    signingKeyId: () => kid,
    sign: ({ data }) => ({ keyId: kid, signature: new Uint8Array(sign(null, data, privateKey)) }),
    mac: ({ use, keyId = activeKeyOf(use), messages }) => ({
      keyId,
      macs: messages.map((message) => new Uint8Array(createHmac("sha256", secretOf(keyId)).update(message).digest())),
    }),
    wrap: unusable,
    unwrap: unusable,
  };
}
