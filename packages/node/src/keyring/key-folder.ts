import { randomUUID } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { ConfigurationError } from "@volenti/core";
import type { Clock, KeyKind, KeyRevocation } from "@volenti/core/adapter";
import { createKeyText, readKeyText, readRevocationText, REVOCATION_SCHEMA, type LoadedKey } from "./key-file.ts";
import { KEY_KINDS, LATER_KEY_KINDS } from "./key-kinds.ts";

/** A folder of keys: one file a key, `<kind>-<sequence>.json`, written once and never changed. */
export interface KeyFolder {
  /** Every key, by kind and sequence; makes the first ones where the folder was never filled and nobody knows of any. */
  load(): readonly LoadedKey[];
  /** Adds the next key of a kind. Two processes that add at once add two. */
  add(kind: KeyKind): void;
  /** Says of a key that it was revoked; false where somebody said so before, which stands. */
  revoke(request: { key: LoadedKey; revoked: KeyRevocation }): boolean;
}

const KEY_FILE = /^([A-Za-z]+)-(\d{1,9})\.json$/;
// Says that the first keys were made: from then on a key that is not there was lost, and is not made anew.
const COMPLETE_MARKER = "keyring.json";
const UNWRITABLE: ReadonlySet<string | undefined> = new Set(["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT"]);

export function openKeyFolder(options: {
  directory: () => string;
  isProduction: () => boolean;
  /** Whether somebody knows that there were keys: then none is made in their place. */
  hadKeys: () => boolean;
  clock: Pick<Clock, "now">;
}): KeyFolder {
  const { clock } = options;
  const createdAt = (): string => new Date(clock.now()).toISOString();
  const prepare = (directory: string): void => {
    if (options.isProduction()) throw new ConfigurationError([{ path: "keys", code: "keyringInProduction" }]);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  };
  return {
    load: () => {
      const directory = options.directory();
      const keys = readKeys(directory);
      if (isMarked(directory)) return options.isProduction() ? keys : addLaterKinds({ directory, keys, createdAt: createdAt() });
      if (isComplete(keys)) {
        markComplete({ directory, createdAt: createdAt() });
        return keys;
      }
      // Half a set of keys is usable, and says which one is missing when it is asked for.
      if ((keys.length > 0 && options.isProduction()) || options.hadKeys()) return keys;
      prepare(directory);
      fill({ directory, createdAt: createdAt() });
      return readKeys(directory);
    },
    add: (kind) => {
      const directory = options.directory();
      prepare(directory);
      const text = createKeyText({ kind, createdAt: createdAt() });
      let sequence = lastSequence({ keys: readKeys(directory), kind }) + 1;
      while (!writeOnce({ directory, name: `${kind}-${sequence}.json`, text })) sequence += 1;
    },
    revoke: ({ key, revoked }) => {
      const directory = options.directory();
      const text = `${JSON.stringify({ schema: REVOCATION_SCHEMA, kid: key.keyId, ...revoked }, null, 2)}\n`;
      return writeOnce({ directory, name: revocationName(key), text });
    },
  };
}

function isMarked(directory: string): boolean {
  return existsSync(join(directory, COMPLETE_MARKER));
}

function isComplete(keys: readonly LoadedKey[]): boolean {
  const kinds = new Set(keys.map(({ kind }) => kind));
  return KEY_KINDS.every((kind) => kinds.has(kind) || LATER_KEY_KINDS.includes(kind));
}

/**
 * Makes the keys that a folder of an earlier version never had, once: each has a mark of its own, so that one that was
 * lost afterwards is not made anew. A folder that cannot be written to goes without, which is told when one is asked for.
 */
function addLaterKinds(request: { directory: string; keys: readonly LoadedKey[]; createdAt: string }): readonly LoadedKey[] {
  const { directory, keys, createdAt } = request;
  const missing = LATER_KEY_KINDS.filter((kind) => !existsSync(join(directory, laterMarker(kind))));
  if (missing.length === 0) return keys;
  try {
    for (const kind of missing) {
      if (!keys.some((key) => key.kind === kind)) writeOnce({ directory, name: `${kind}-1.json`, text: createKeyText({ kind, createdAt }) });
      writeMarker({ directory, createdAt, name: laterMarker(kind) });
    }
  } catch (error) {
    if (!UNWRITABLE.has(codeOf(error))) throw error;
    return keys;
  }
  return readKeys(directory);
}

function laterMarker(kind: KeyKind): string {
  return `keyring-${kind}.json`;
}

/**
 * Marks a folder that has every kind. Whoever sees it whole marks it: the process that filled it may have been stopped
 * just before. A folder that cannot be written to has nothing made in it either, and needs no mark.
 */
function markComplete(request: { directory: string; createdAt: string }): void {
  try {
    writeMarker(request);
  } catch (error) {
    if (!UNWRITABLE.has(codeOf(error))) throw error;
  }
}

function writeMarker(request: { directory: string; createdAt: string; name?: string }): void {
  const { directory, createdAt, name = COMPLETE_MARKER } = request;
  const text = `${JSON.stringify({ schema: "volenti-keyring-1", createdAt }, null, 2)}\n`;
  writeOnce({ directory, name, text });
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function fill(request: { directory: string; createdAt: string }): void {
  const { directory, createdAt } = request;
  // Each file is made by whoever comes first, so that two processes that start at once share all keys.
  for (const kind of KEY_KINDS) {
    const text = createKeyText({ kind, createdAt });
    writeOnce({ directory, name: `${kind}-1.json`, text });
  }
  for (const kind of LATER_KEY_KINDS) writeMarker({ directory, createdAt, name: laterMarker(kind) });
  writeMarker({ directory, createdAt });
}

function lastSequence(request: { keys: readonly LoadedKey[]; kind: KeyKind }): number {
  return Math.max(0, ...request.keys.filter(({ kind }) => kind === request.kind).map(({ sequence }) => sequence));
}

/** Writes a whole file under a name that nobody has; false where somebody has. A link, unlike a rename, never replaces. */
function writeOnce(request: { directory: string; name: string; text: string }): boolean {
  const { directory, name, text } = request;
  const temporary = join(directory, `.${name}.${randomUUID()}.tmp`);
  try {
    const file = openSync(temporary, "wx", 0o600);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    linkSync(temporary, join(directory, name));
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function readKeys(directory: string): readonly LoadedKey[] {
  const keys: LoadedKey[] = [];
  for (const name of listNames(directory)) {
    const [, kindText, sequenceText] = KEY_FILE.exec(name) ?? [];
    const kind = KEY_KINDS.find((candidate) => candidate === kindText);
    if (kind === undefined) continue;
    const text = readFileSync(join(directory, name), "utf8");
    const key = readKeyText({ text, kind, sequence: Number(sequenceText) });
    const revoked = readRevocation({ directory, key });
    keys.push(revoked === null ? key : { ...key, revoked });
  }
  return keys.toSorted(
    (left, right) => KEY_KINDS.indexOf(left.kind) - KEY_KINDS.indexOf(right.kind) || left.sequence - right.sequence,
  );
}

function revocationName({ kind, sequence }: LoadedKey): string {
  return `${kind}-${sequence}.revoked.json`;
}

/** Null where the key was not revoked. What cannot be read may say that it was: then the key is not used. */
function readRevocation(request: { directory: string; key: LoadedKey }): KeyRevocation | null {
  const { directory, key } = request;
  let text: string;
  try {
    text = readFileSync(join(directory, revocationName(key)), "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
  return readRevocationText({ text, key });
}

function listNames(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}
