import type { KeyKind } from "@volenti/core/adapter";

/** The usual name of the lock file, beside the configuration. */
export const LOCK_FILE_NAME = "volenti.lock.json";

export const LOCK_SCHEMA = "volenti-lock-1";

/** What was published once and may not change under its name. Committed with the configuration. */
export interface Lock {
  /** Names the form, so that a later one is refused and not misread. */
  readonly schema: typeof LOCK_SCHEMA;
  /** SHA-256 by `key@version`, hexadecimal. */
  readonly purposes: Readonly<Record<string, string>>;
  /** SHA-256 by `id@version@locale`, hexadecimal. */
  readonly notices: Readonly<Record<string, string>>;
  /** The id of the key of each kind that was active when the lock was written. */
  readonly keys: Readonly<Partial<Record<KeyKind, string>>>;
}
