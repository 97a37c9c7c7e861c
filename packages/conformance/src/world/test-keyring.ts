import {
  ConnectorError,
  concatenate,
  toUtf8,
  webCrypto,
  type KeyDescription,
  type KeyKind,
  type Keyring,
  type MacUse,
} from "@volenti/core/adapter";

type SecretKey = Awaited<ReturnType<typeof globalThis.crypto.subtle.importKey>>;

const MAC_USES: readonly MacUse[] = ["subjectRef", "blindIndex", "submission", "suppression", "release"];
const CREATED_AT = "2026-01-01T00:00:00.000Z";
const NONCE_LENGTH = 12;

/** A keyring whose key-encryption key can be rotated. */
export interface TestKeyring extends Keyring {
  /** Makes a new active key; the earlier ones stay, retired. */
  rotate(kind: "keyEncryption"): void;
}

/** A keyring in memory, of fresh keys, on WebCrypto: for tests only, since its keys die with the process. */
export function createTestKeyring(): TestKeyring {
  const [signer, wrapper] = [createSigner(), createWrapper()];
  return {
    crypto: webCrypto,
    ...signer,
    ...createMacs(),
    ...wrapper,
    describe: async () => [...(await signer.describe()), ...wrapper.describe()],
  };
}

function createSigner(): Pick<Keyring, "describe" | "sign" | "signingKeyId"> {
  const { subtle } = globalThis.crypto;
  const pair = generateSigningPair();
  return {
    describe: async () => {
      const { publicKey } = await pair;
      const { x = "" } = await subtle.exportKey("jwk", publicKey);
      return [
        { ...describe("signing"), publicKey: { kty: "OKP", crv: "Ed25519", x, kid: keyIdOf("signing") } },
        ...MAC_USES.map(describe),
      ];
    },
    signingKeyId: () => keyIdOf("signing"),
    sign: async ({ data }) => {
      const { privateKey } = await pair;
      const signature = await subtle.sign({ name: "Ed25519" }, privateKey, new Uint8Array(data));
      return { keyId: keyIdOf("signing"), signature: new Uint8Array(signature) };
    },
  };
}

async function generateSigningPair(): Promise<{ publicKey: SecretKey; privateKey: SecretKey }> {
  const pair = await globalThis.crypto.subtle.generateKey({ name: "Ed25519" }, false, ["sign", "verify"]);
  if (!("privateKey" in pair)) throw new TypeError("the platform made no Ed25519 key pair");
  return pair;
}

function createMacs(): Pick<Keyring, "mac"> {
  const { subtle } = globalThis.crypto;
  const secrets = new Map(
    MAC_USES.map((use) => [use, subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"])]),
  );
  return {
    mac: async ({ use, keyId = keyIdOf(use), messages }) => {
      const secret = await secrets.get(use);
      if (secret === undefined || keyId !== keyIdOf(use)) throw missingKey("keyring.mac");
      const macs = messages.map(async (message) => new Uint8Array(await subtle.sign("HMAC", secret, new Uint8Array(message))));
      return { keyId, macs: await Promise.all(macs) };
    },
  };
}

function createWrapper(): Pick<TestKeyring, "wrap" | "unwrap" | "rotate"> & { describe(): readonly KeyDescription[] } {
  const generate = (): Promise<SecretKey> => globalThis.crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const secrets = new Map([[keyIdOf("keyEncryption"), generate()]]);
  let active = keyIdOf("keyEncryption");
  return {
    describe: () => [...secrets.keys()].map((keyId) => ({ ...describe("keyEncryption"), keyId, status: keyId === active ? "active" : "retired" })),
    rotate: () => {
      active = `${keyIdOf("keyEncryption")}-${secrets.size + 1}`;
      secrets.set(active, generate());
    },
    wrap: async ({ keys }) => {
      const keyId = active;
      const secret = await requireSecret({ secrets, keyId, operation: "keyring.wrap" });
      return { keyId, wrapped: await Promise.all(keys.map(({ key, context }) => wrapKey({ secret, key, context }))) };
    },
    unwrap: ({ keys }) =>
      Promise.all(
        keys.map(async ({ keyId, wrapped, context }) =>
          unwrapKey({ secret: await requireSecret({ secrets, keyId, operation: "keyring.unwrap" }), wrapped, context }),
        ),
      ),
  };
}

async function requireSecret(request: { secrets: ReadonlyMap<string, Promise<SecretKey>>; keyId: string; operation: string }): Promise<SecretKey> {
  const secret = await request.secrets.get(request.keyId);
  if (secret === undefined) throw missingKey(request.operation);
  return secret;
}

function describe(kind: KeyKind): KeyDescription {
  return { keyId: keyIdOf(kind), kind, createdAt: CREATED_AT, status: "active" };
}

function keyIdOf(kind: KeyKind): string {
  return `test-${kind}`;
}

function missingKey(operation: string): ConnectorError {
  return new ConnectorError({ code: "invalidConfiguration", connectorId: "keyring", operation });
}

async function wrapKey(request: { secret: SecretKey; key: Uint8Array; context: string }): Promise<Uint8Array> {
  const nonce = globalThis.crypto.getRandomValues(new Uint8Array(NONCE_LENGTH));
  const sealed = await globalThis.crypto.subtle.encrypt(
    { name: "AES-GCM", iv: nonce, additionalData: new Uint8Array(toUtf8(request.context)) },
    request.secret,
    new Uint8Array(request.key),
  );
  return concatenate([nonce, new Uint8Array(sealed)]);
}

async function unwrapKey(request: { secret: SecretKey; wrapped: Uint8Array; context: string }): Promise<Uint8Array> {
  const wrapped = new Uint8Array(request.wrapped);
  const key = await globalThis.crypto.subtle.decrypt(
    {
      name: "AES-GCM",
      iv: wrapped.slice(0, NONCE_LENGTH),
      additionalData: new Uint8Array(toUtf8(request.context)),
    },
    request.secret,
    wrapped.slice(NONCE_LENGTH),
  );
  return new Uint8Array(key);
}

