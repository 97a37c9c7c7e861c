import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import type { CryptoPort, KeyDescription, Keyring, MacUse } from "@volenti/core/adapter";

const KINDS = ["signing", "keyEncryption", "subjectRef", "blindIndex", "submission", "suppression", "release"] as const;
const CREATED_AT = "2026-01-01T00:00:00.000Z";

export const nodeCrypto: CryptoPort = {
  sha256: (messages) => messages.map((message) => new Uint8Array(createHash("sha256").update(message).digest())),
  verifyEd25519: () => false,
  randomBytes: (length) => new Uint8Array(randomBytes(length)),
};

/** A keyring in memory. `generation` names a set of keys; an older set can stay as retired ones. */
export function createTestKeyring(options: { generation?: string; retired?: readonly string[] } = {}): Keyring {
  const active = options.generation ?? "1";
  const generations = [active, ...(options.retired ?? [])];
  const secret = (keyId: string): Buffer => createHash("sha256").update(`secret of ${keyId}`).digest();
  const requireKey = (keyId: string): string => {
    if (!generations.some((generation) => keyId.endsWith(`-${generation}`))) throw new Error("key is missing");
    return keyId;
  };
  return {
    crypto: nodeCrypto,
    describe: () =>
      generations.flatMap((generation, index) =>
        KINDS.map((kind): KeyDescription => ({
          keyId: `${kind}-${generation}`,
          kind,
          createdAt: CREATED_AT,
          status: index === 0 ? "active" : "retired",
        })),
      ),
    signingKeyId: () => `signing-${active}`,
    sign: () => ({ keyId: `signing-${active}`, signature: new Uint8Array(64) }),
    mac: (request: { use: MacUse; keyId?: string; messages: readonly Uint8Array[] }) => {
      const keyId = requireKey(request.keyId ?? `${request.use}-${active}`);
      return {
        keyId,
        macs: request.messages.map((message) => new Uint8Array(createHmac("sha256", secret(keyId)).update(message).digest())),
      };
    },
    wrap: ({ keys }) => {
      const keyId = `keyEncryption-${active}`;
      return {
        keyId,
        wrapped: keys.map(({ key, context }) => {
          const nonce = randomBytes(12);
          const cipher = createCipheriv("aes-256-gcm", secret(keyId), nonce);
          cipher.setAAD(Buffer.from(context));
          const sealed = Buffer.concat([cipher.update(key), cipher.final()]);
          return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), sealed]));
        }),
      };
    },
    unwrap: ({ keys }) =>
      keys.map(({ keyId, wrapped, context }) => {
        const decipher = createDecipheriv("aes-256-gcm", secret(requireKey(keyId)), wrapped.subarray(0, 12));
        decipher.setAAD(Buffer.from(context));
        decipher.setAuthTag(wrapped.subarray(12, 28));
        return new Uint8Array(Buffer.concat([decipher.update(wrapped.subarray(28)), decipher.final()]));
      }),
  };
}
