import type { KeyDescription, Keyring, MacUse } from "@volenti/core/adapter";

/** The keyring's descriptions, read once and again only when an unknown key shows up: a key service charges by the call. */
export interface KeyDirectory {
  list(): Promise<readonly KeyDescription[]>;
  /** To be told of every key that the keyring says it used. */
  recognise(keyId: string): Promise<void>;
  /** Keyed digests by the active key and by every retired one, each in the order of the messages. */
  digest(request: { use: MacUse; messages: readonly Uint8Array[] }): Promise<KeyedDigests>;
}

export interface KeyedDigests {
  readonly keyId: string;
  readonly active: readonly string[];
  /** By message: its digests under retired keys. */
  readonly older: readonly (readonly string[])[];
}

export function createKeyDirectory(keyring: Keyring): KeyDirectory {
  let described: readonly KeyDescription[] | undefined;
  const list = async (): Promise<readonly KeyDescription[]> => {
    described ??= await keyring.describe();
    return described;
  };
  const recognise = async (keyId: string): Promise<void> => {
    if (!(await list()).some((key) => key.keyId === keyId)) described = undefined;
  };
  return {
    list,
    recognise,
    digest: async ({ use, messages }) => {
      const { keyId, macs } = await keyring.mac({ use, messages });
      await recognise(keyId);
      const retired = (await list()).filter((key) => key.kind === use && key.keyId !== keyId);
      const older = await Promise.all(retired.map(async (key) => (await keyring.mac({ use, keyId: key.keyId, messages })).macs));
      return {
        keyId,
        active: macs.map(toBytea),
        older: messages.map((_, index) => older.map((digests) => toBytea(digests[index] ?? new Uint8Array(0)))),
      };
    },
  };
}

/** The text form of PostgreSQL's `bytea`. */
function toBytea(bytes: Uint8Array): string {
  return `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex")}`;
}
