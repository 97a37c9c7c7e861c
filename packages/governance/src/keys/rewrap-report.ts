/** Whether data keys are wrapped under the newest key-encryption key, or only counted. */
export interface RewrapRequest {
  /** Without it nothing changes. */
  readonly apply: boolean;
  /** Told after each page how many data keys were looked at so far, over all destinations. */
  readonly onProgress?: ((dataKeys: number) => void) | undefined;
  /** Aborted: the page under way ends, and the report says `interrupted`. */
  readonly signal?: AbortSignal | undefined;
}

/** Which keys wrap the data keys of which destination, and what became of those under an earlier one. */
export interface RewrapReport {
  /** Whether data keys were wrapped anew, and not only counted. */
  readonly applied: boolean;
  /**
   * - `complete`: everything was counted, and with `apply` no data key is under another key than the active one
   * - `incomplete`: a destination failed, or data keys were left; what was done stays done
   * - `interrupted`: the signal was aborted; the next run goes on
   */
  readonly outcome: "complete" | "incomplete" | "interrupted";
  /** The key-encryption key that new data keys are wrapped under; null where the keyring has none. */
  readonly activeKeyId: string | null;
  /** Those that have the keyring wrap data keys, in the order of the configuration. */
  readonly destinations: readonly RewrapDestination[];
  /**
   * Retired key-encryption keys that no data key of any destination is under, in the keyring's order. Empty where a destination
   * could not be counted. Backups from before are not looked into.
   */
  readonly notNeeded: readonly string[];
}

/** The data keys of one destination. */
export interface RewrapDestination {
  /** The destination's key in the configuration. */
  readonly destinationId: string;
  /** As the report's outcome; `failed`: it could not be reached or did not let us. */
  readonly status: "complete" | "incomplete" | "interrupted" | "failed";
  /** Why it failed: a code of words; absent otherwise. */
  readonly code?: string;
  /** Ordered by key id; empty where nothing could be counted. */
  readonly keys: readonly RewrapKey[];
}

/** The data keys of one destination under one key. */
export interface RewrapKey {
  /** As the destination keeps it. */
  readonly keyId: string;
  /** `missing`: the keyring has no such key, so that what is under it cannot be read by anybody. */
  readonly status: "active" | "retired" | "missing";
  /** How many were under it at the start. */
  readonly dataKeys: number;
  /** How many of them are under the active key now; 0 without `apply`. */
  readonly rewrapped: number;
  /** How many of them the key does not open, and were left: damaged, or changed by somebody. 0 without `apply`. */
  readonly unreadable: number;
  /** How many are under it at the end, those included that somebody wrote meanwhile; null where they could not be counted again. */
  readonly left: number | null;
}
