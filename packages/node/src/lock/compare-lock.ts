import type { ConfigurationProblem } from "@volenti/core";
import type { Catalogue, KeyDescription, KeyKind } from "@volenti/core/adapter";
import { KEY_KINDS } from "../keyring/key-kinds.ts";
import type { Lock } from "./lock.ts";

/** One version of a purpose or notice. */
export interface LockEntry {
  /** Which of the lock's two lists it is in. */
  readonly kind: "purpose" | "notice";
  /** As the lock names it: `key@version`, `id@version@locale`. */
  readonly name: string;
  /** The purpose's key or the notice's id: of what a new version is due where the entry has changed. */
  readonly key: string;
  /** The version that the configuration gives to the changed meaning, and that it must not have. */
  readonly version: string;
  /** Of its canonical form as the configuration has it now, hexadecimal. */
  readonly sha256: string;
}

/** A key of the keyring as the lock file names it. */
export interface LockedKey {
  readonly kind: KeyKind;
  /** As the keyring names it. */
  readonly keyId: string;
}

/** How a configuration and its keyring stand to a lock. Lists are in the order of the configuration. */
export interface LockComparison {
  /** The same version with another meaning: raise its version. */
  readonly changed: readonly LockEntry[];
  /** Not in the lock yet. */
  readonly added: readonly LockEntry[];
  /** Named by the lock, and not in the keyring. */
  readonly missingKeys: readonly LockedKey[];
  /** Active now, and not what the lock names: rotated, or made since. */
  readonly newKeys: readonly LockedKey[];
}

/** Compares; a lock of null (none written yet) has everything added. Entries that left the configuration do not matter. */
export function compareLock(request: {
  lock: Lock | null;
  catalogue: Catalogue;
  keys: readonly KeyDescription[];
}): LockComparison {
  const { lock, catalogue, keys } = request;
  const changed: LockEntry[] = [];
  const added: LockEntry[] = [];
  for (const entry of listEntries(catalogue)) {
    const digests = (entry.kind === "purpose" ? lock?.purposes : lock?.notices) ?? {};
    const locked = Object.hasOwn(digests, entry.name) ? digests[entry.name] : undefined;
    if (locked === undefined) added.push(entry);
    else if (locked !== entry.sha256) changed.push(entry);
  }
  const lockedKeys = KEY_KINDS.flatMap((kind): LockedKey[] => {
    const keyId = lock?.keys[kind];
    return keyId === undefined ? [] : [{ kind, keyId }];
  });
  const isHeld = (locked: LockedKey): boolean =>
    keys.some(({ kind, keyId }) => kind === locked.kind && keyId === locked.keyId);
  return {
    changed,
    added,
    missingKeys: lockedKeys.filter((locked) => !isHeld(locked)),
    newKeys: keys
      .filter(({ kind, keyId, status }) => status === "active" && lock?.keys[kind] !== keyId)
      .map(({ kind, keyId }) => ({ kind, keyId })),
  };
}

/** Whether the lock says all that there is to say, and nothing contradicts it. */
export function isLockCurrent(comparison: LockComparison): boolean {
  return Object.values(comparison).every((list) => list.length === 0);
}

/** What forbids to go on, as problems of the configuration: a `versionUnchanged` names the version to raise. */
export function toLockProblems(comparison: LockComparison): readonly ConfigurationProblem[] {
  return [
    ...comparison.changed.map(({ kind, name }) => ({ path: `${kind}s.${name}`, code: "versionUnchanged" })),
    ...comparison.missingKeys.map(({ kind, keyId }) => ({ path: `keys.${kind}.${keyId}`, code: "keyMissing" })),
  ];
}

function listEntries(catalogue: Catalogue): readonly LockEntry[] {
  return [
    ...catalogue.purposes.map(
      ({ key, version, sha256 }): LockEntry => ({ kind: "purpose", name: `${key}@${version}`, key, version, sha256 }),
    ),
    ...catalogue.notices.map(
      ({ id, version, locale, sha256 }): LockEntry => ({
        kind: "notice",
        name: `${id}@${version}@${locale}`,
        key: id,
        version,
        sha256,
      }),
    ),
  ];
}
