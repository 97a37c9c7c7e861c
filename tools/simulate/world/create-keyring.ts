import { createCipheriv, createDecipheriv, createHmac, createPrivateKey, createPublicKey, hash, sign } from "node:crypto";
import type { Keyring, KeyDescription, KeyKind, MacUse, PublicKey } from "@volenti/core";
import { nodeCrypto } from "@volenti/node";

const MAC_USES: readonly MacUse[] = ["subjectRef", "blindIndex", "submission", "suppression", "release"];
/** What RFC 8410 puts before the 32 bytes of an Ed25519 key. */
const ED25519_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

/** The brand's keys, the same in every run, and answering at once: a thread pool would put things into an order of its own. */
export function createKeyring(): Keyring & { readonly publicKeys: readonly PublicKey[] } {
  const privateKey = createPrivateKey({ key: Buffer.concat([ED25519_PREFIX, secretOf("signing")]), format: "der", type: "pkcs8" });
  const { x = "" } = createPublicKey(privateKey).export({ format: "jwk" });
  const publicKey: PublicKey = { kty: "OKP", crv: "Ed25519", x, kid: keyIdOf("signing") };
  const descriptions: readonly KeyDescription[] = [{ ...describe("signing"), publicKey }, describe("keyEncryption"), ...MAC_USES.map(describe)];
  return {
    crypto: nodeCrypto,
    publicKeys: [publicKey],
    describe: () => descriptions,
    signingKeyId: () => keyIdOf("signing"),
    sign: ({ data }) => ({ keyId: keyIdOf("signing"), signature: new Uint8Array(sign(null, data, privateKey)) }),
    mac: ({ use, messages }) => ({
      keyId: keyIdOf(use),
      macs: messages.map((message) => new Uint8Array(createHmac("sha256", secretOf(use)).update(message).digest())),
    }),
    wrap: ({ keys }) => ({ keyId: keyIdOf("keyEncryption"), wrapped: keys.map(wrapKey) }),
    unwrap: ({ keys }) => keys.map(unwrapKey),
  };
}

function describe(kind: KeyKind): KeyDescription {
  return { keyId: keyIdOf(kind), kind, createdAt: "2026-01-01T00:00:00.000Z", status: "active" };
}

function keyIdOf(kind: KeyKind): string {
  return `simulated-${kind}`;
}

function secretOf(kind: KeyKind): Buffer {
  return hash("sha256", `simulated secret of ${kind}`, "buffer");
}

/** The nonce comes from what is wrapped, so that a run repeats itself; no real keyring may do so. */
function wrapKey({ key, context }: { key: Uint8Array; context: string }): Uint8Array {
  const nonce = hash("sha256", Buffer.concat([key, Buffer.from(context)]), "buffer").subarray(0, NONCE_LENGTH);
  const cipher = createCipheriv("aes-256-gcm", secretOf("keyEncryption"), nonce).setAAD(Buffer.from(context));
  return new Uint8Array(Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]));
}

function unwrapKey({ wrapped, context }: { wrapped: Uint8Array; context: string }): Uint8Array {
  const bytes = Buffer.from(wrapped);
  const decipher = createDecipheriv("aes-256-gcm", secretOf("keyEncryption"), bytes.subarray(0, NONCE_LENGTH)).setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(-TAG_LENGTH));
  return new Uint8Array(Buffer.concat([decipher.update(bytes.subarray(NONCE_LENGTH, -TAG_LENGTH)), decipher.final()]));
}
