import { createHmac, sign } from "node:crypto";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ConnectorError, type CryptoPort } from "@volenti/core";
import { systemClock, type Clock, type KeyDescription, type KeyKind, type KeyRevocation, type Keyring, type MacUse } from "@volenti/core/adapter";
import { RESOLVE_FROM, type ResolvesFrom } from "../configuration/resolve-from.ts";
import { nodeCrypto } from "../crypto/node-crypto.ts";
import { namesKeys } from "../lock/names-keys.ts";
import type { LoadedKey } from "./key-file.ts";
import { openKeyFolder, type KeyFolder } from "./key-folder.ts";
import { unwrapKey, wrapKey } from "./wrap-key.ts";

/** What a file keyring may be told. */
export interface FileKeyringOptions {
  /** Stamps new keys. Default: the machine's clock. */
  clock?: Pick<Clock, "now"> | undefined;
  /** Refuses to make keys. Default: whether `NODE_ENV` is `production` when a key would be made. */
  production?: boolean | undefined;
}

/** A keyring in a folder; answers at once. */
export interface FileKeyring extends Keyring {
  readonly crypto: CryptoPort;
  /** As the folder is now. */
  describe(): readonly KeyDescription[];
  sign(request: { data: Uint8Array }): { keyId: string; signature: Uint8Array };
  signingKeyId(): string;
  mac(request: { use: MacUse; keyId?: string; messages: readonly Uint8Array[] }): { keyId: string; macs: readonly Uint8Array[] };
  wrap(request: { keys: readonly { key: Uint8Array; context: string }[] }): { keyId: string; wrapped: readonly Uint8Array[] };
  unwrap(request: { keys: readonly { keyId: string; wrapped: Uint8Array; context: string }[] }): readonly Uint8Array[];
  /**
   * Makes a new active key of the kind; the earlier ones stay, retired, for reading and verifying. Another process that
   * has the folder open goes on writing with the key it knows, and reads with the new one when it meets its id.
   */
  rotate(kind: KeyKind): KeyDescription;
  /**
   * Says, for good, that a signing key was revoked; a new one takes over where it was the active one. A key that was
   * revoked before keeps its first instant. Another process that has the folder open signs on with the key, and what it
   * signs is found. `invalidInput` for a key that is not there, or signs nothing.
   */
  revoke(request: { keyId: string; revoked: KeyRevocation }): KeyDescription;
}

/**
 * The brand's keys as files that only their owner can read (files 0600, folder 0700): for development. The folder and
 * its keys are made on first use, by one of any number of processes, never under `NODE_ENV=production`
 * (`ConfigurationError`, `keyringInProduction`); keys that are there are read anywhere. A key that was lost is a
 * `ConnectorError` `invalidConfiguration` with `keyMissing`, never replaced: a lock file beside the configuration that
 * names keys says that there were some, also where the whole folder is gone. A relative folder counts from the
 * configuration that names it, else from the working directory at the time of this call.
 */
export function fileKeyring(directory: string | URL, options: FileKeyringOptions = {}): FileKeyring {
  const { clock = systemClock } = options;
  const path = typeof directory === "string" ? directory : fileURLToPath(directory);
  let base = process.cwd();
  let configured: string | null = null;
  const folder = openKeyFolder({
    directory: () => resolve(base, path),
    isProduction: () => options.production ?? process.env["NODE_ENV"] === "production",
    hadKeys: () => configured !== null && namesKeys(configured),
    clock,
  });
  // What this process writes with changes by its own rotation only: never between the head that names a key and the
  // signature under it.
  let opened: readonly LoadedKey[] | null = null;
  const keys = (): readonly LoadedKey[] => (opened ??= folder.load());
  const active = (kind: KeyKind): LoadedKey => lastOf({ keys: keys(), kind }) ?? missing(kind);
  const named = (request: { kind: KeyKind; keyId: string }): LoadedKey => {
    const isNamed = (key: LoadedKey): boolean => key.kind === request.kind && key.keyId === request.keyId;
    // Another process may have rotated since the folder was read.
    return keys().find(isNamed) ?? folder.load().find(isNamed) ?? missing(request.kind);
  };
  const keyring: FileKeyring & ResolvesFrom = {
    [RESOLVE_FROM]: (from) => {
      base = from;
      configured = from;
    },
    ...keyOperations({ active, named }),
    crypto: nodeCrypto,
    describe: () => describeKeys(folder.load()),
    rotate: (kind) => {
      keys();
      folder.add(kind);
      opened = folder.load();
      return describeKey({ key: active(kind), status: "active" });
    },
    revoke: (revocation) => {
      const key = revokeKey({ folder, ...revocation });
      opened = folder.load();
      return describeKey({ key, status: "revoked" });
    },
  };
  return keyring;
}

function revokeKey(request: { folder: KeyFolder; keyId: string; revoked: KeyRevocation }): LoadedKey {
  const { folder, keyId, revoked } = request;
  const find = (): LoadedKey | undefined => folder.load().find((key) => key.keyId === keyId && key.kind === "signing");
  const key = find();
  if (key === undefined) throw refuseRevocation();
  // The successor first: at no moment is there nobody to sign.
  if (lastOf({ keys: folder.load(), kind: "signing" })?.keyId === keyId) folder.add("signing");
  folder.revoke({ key, revoked });
  return find() ?? key;
}

interface KeyChoice {
  active(kind: KeyKind): LoadedKey;
  named(request: { kind: KeyKind; keyId: string }): LoadedKey;
}

function keyOperations(choice: KeyChoice): Pick<FileKeyring, "sign" | "signingKeyId" | "mac" | "wrap" | "unwrap"> {
  return {
    signingKeyId: () => choice.active("signing").keyId,
    sign: ({ data }) => {
      const { keyId, key } = choice.active("signing");
      return { keyId, signature: new Uint8Array(sign(null, data, key)) };
    },
    mac: ({ use, keyId: wanted, messages }) => {
      const { keyId, key } = wanted === undefined ? choice.active(use) : choice.named({ kind: use, keyId: wanted });
      return { keyId, macs: messages.map((message) => new Uint8Array(createHmac("sha256", key).update(message).digest())) };
    },
    wrap: ({ keys }) => {
      const { keyId, key: by } = choice.active("keyEncryption");
      return { keyId, wrapped: keys.map(({ key, context }) => wrapKey({ key, context, by })) };
    },
    unwrap: ({ keys }) =>
      keys.map(({ keyId, wrapped, context }) =>
        unwrapKey({ wrapped, context, by: choice.named({ kind: "keyEncryption", keyId }).key }),
      ),
  };
}

function describeKeys(keys: readonly LoadedKey[]): readonly KeyDescription[] {
  return keys.map((key) =>
    describeKey({
      key,
      status: key.revoked !== undefined ? "revoked" : key === lastOf({ keys, kind: key.kind }) ? "active" : "retired",
    }),
  );
}

function describeKey(request: { key: LoadedKey; status: KeyDescription["status"] }): KeyDescription {
  const { keyId, kind, createdAt, publicKey, revoked } = request.key;
  const end = revoked === undefined ? {} : { revoked };
  return { keyId, kind, createdAt, status: request.status, ...end, ...(publicKey === undefined ? {} : { publicKey: { ...publicKey, ...end } }) };
}

function lastOf(request: { keys: readonly LoadedKey[]; kind: KeyKind }): LoadedKey | undefined {
  return request.keys.findLast(({ kind, revoked }) => kind === request.kind && revoked === undefined);
}

function refuseRevocation(): ConnectorError {
  return new ConnectorError({ code: "invalidInput", connectorId: "fileKeyring", operation: "revoke", fieldNames: ["keyId"] });
}

function missing(kind: KeyKind): never {
  throw new ConnectorError({
    code: "invalidConfiguration",
    connectorId: "fileKeyring",
    operation: "findKey",
    providerCode: "keyMissing",
    fieldNames: [kind],
  });
}
