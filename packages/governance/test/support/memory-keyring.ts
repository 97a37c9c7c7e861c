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

/** A keyring that lives as long as its test. */
export function createMemoryKeyring(options: { signingKeyId: string }): Keyring {
  const { signingKeyId: kid } = options;
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const { x = "" } = publicKey.export({ format: "jwk" });
  const secrets = new Map<MacUse, Uint8Array>();
  const secretOf = (use: MacUse): Uint8Array => {
    const secret = secrets.get(use) ?? randomBytes(32);
    secrets.set(use, secret);
    return secret;
  };
  const signing: KeyDescription = {
    keyId: kid,
    kind: "signing",
    createdAt: "2026-01-01T00:00:00.000Z",
    status: "active",
    publicKey: { kty: "OKP", crv: "Ed25519", x, kid },
  };
  return {
    crypto,
    describe: () => [signing],
    signingKeyId: () => kid,
    sign: ({ data }) => ({ keyId: kid, signature: new Uint8Array(sign(null, data, privateKey)) }),
    mac: ({ use, messages }) => ({
      keyId: `${use}-1`,
      macs: messages.map((message) => new Uint8Array(createHmac("sha256", secretOf(use)).update(message).digest())),
    }),
    wrap: unusable,
    unwrap: unusable,
  };
}
