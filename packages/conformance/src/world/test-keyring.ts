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

/** A keyring in memory, of fresh keys, on WebCrypto: for tests only, since its keys die with the process. */
export function createTestKeyring(): Keyring {
  return { crypto: webCrypto, ...createSigner(), ...createMacs(), ...createWrapper() };
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
        describe("keyEncryption"),
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

function createWrapper(): Pick<Keyring, "wrap" | "unwrap"> {
  const secret = globalThis.crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  return {
    wrap: async ({ keys }) => ({
      keyId: keyIdOf("keyEncryption"),
      wrapped: await Promise.all(keys.map(async ({ key, context }) => wrapKey({ secret: await secret, key, context }))),
    }),
    unwrap: ({ keys }) =>
      Promise.all(
        keys.map(async ({ keyId, wrapped, context }) => {
          if (keyId !== keyIdOf("keyEncryption")) throw missingKey("keyring.unwrap");
          return unwrapKey({ secret: await secret, wrapped, context });
        }),
      ),
  };
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

