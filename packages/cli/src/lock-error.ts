import type { LockComparison } from "@volenti/node";

/** The configuration contradicts its lock file: a meaning changed under its old version, or a key is gone. */
export class LockError extends Error {
  readonly comparison: Pick<LockComparison, "changed" | "missingKeys">;

  constructor(comparison: Pick<LockComparison, "changed" | "missingKeys">) {
    super("the configuration contradicts volenti.lock.json");
    this.name = "LockError";
    this.comparison = comparison;
  }
}

/** One sentence a difference, with what to do. */
export function describeLockProblems(comparison: Pick<LockComparison, "changed" | "missingKeys">): readonly string[] {
  const { changed, missingKeys } = comparison;
  return [
    ...changed.map(
      ({ kind, name, key }) =>
        `${kind} ${name} has changed since it was locked: give the new text its own version of ${key}, and put the old one back`,
    ),
    ...missingKeys.map(
      ({ kind, keyId }) => `the keyring lacks the ${kind} key ${keyId} that the lock names (keyMissing): restore it`,
    ),
  ];
}
