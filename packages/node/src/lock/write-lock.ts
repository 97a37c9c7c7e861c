import { ConfigurationError } from "@volenti/core";
import type { Catalogue, KeyDescription } from "@volenti/core/adapter";
import { writeFileAtomically } from "../file/write-file-atomically.ts";
import { compareLock, isLockCurrent, toLockProblems, type LockEntry } from "./compare-lock.ts";
import { LOCK_SCHEMA, type Lock } from "./lock.ts";
import { readLock } from "./read-lock.ts";

/**
 * Writes what the lock lacks: new versions are added, active keys named, entries that left the configuration kept.
 * Answers the lock as it is then; a lock that says it all already is not touched. Sorted, so that a diff shows only
 * what is new. Rejects with a `ConfigurationError`, and writes nothing, where an entry has changed
 * (`versionUnchanged`) or a key is gone (`keyMissing`).
 */
export async function writeLock(request: {
  path: string;
  catalogue: Catalogue;
  keys: readonly KeyDescription[];
}): Promise<Lock> {
  const { path, catalogue, keys } = request;
  const before = await readLock({ path });
  const comparison = compareLock({ lock: before, catalogue, keys });
  const problems = toLockProblems(comparison);
  if (problems.length > 0) throw new ConfigurationError(problems);
  if (before !== null && isLockCurrent(comparison)) return before;
  const { added, newKeys } = comparison;
  const lock: Lock = {
    schema: LOCK_SCHEMA,
    purposes: extend({ digests: before?.purposes, entries: added.filter(({ kind }) => kind === "purpose") }),
    notices: extend({ digests: before?.notices, entries: added.filter(({ kind }) => kind === "notice") }),
    keys: sorted([...Object.entries(before?.keys ?? {}), ...newKeys.map(({ kind, keyId }) => [kind, keyId] as const)]),
  };
  await writeFileAtomically({ path, text: `${JSON.stringify(lock, null, 2)}\n` });
  return lock;
}

function extend(request: {
  digests: Readonly<Record<string, string>> | undefined;
  entries: readonly LockEntry[];
}): Readonly<Record<string, string>> {
  const { digests = {}, entries } = request;
  return sorted([...Object.entries(digests), ...entries.map(({ name, sha256 }) => [name, sha256] as const)]);
}

/** By code units, the same in every locale; of two entries of one name the last stands. */
function sorted(entries: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  return Object.fromEntries(entries.toSorted(([left], [right]) => (left < right ? -1 : Number(left > right))));
}
