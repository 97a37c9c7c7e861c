/**
 * The keys that a system's own data keys are wrapped under, for a system that encrypts each person's values under a data key
 * that the keyring wrapped. After a rotation of the `keyEncryption` key its data keys are wrapped anew, and the earlier key
 * can leave the keyring. The data keys themselves stay, and so does all that was encrypted under them.
 */
export interface RewrappingFacetV1 {
  /** How many data keys each key wraps, by the ids that the system keeps: no guess, and nothing of the keyring is asked. Ordered by key id. */
  countWrapped(request: { signal?: AbortSignal | undefined }): Promise<readonly WrappedCountV1[]>;
  /**
   * Looks at the next data keys, behind `after` (null: from the start), and wraps under the keyring's active key those that are
   * wrapped under a retired one. A data key changes only while it is the very one that was looked at: one that an erasure
   * removed, or that somebody came back with, meanwhile is left as it is, and none is ever added. One that somebody else is
   * changing is passed over, and is there for the next run. A page that breaks off has done all of it or nothing; asking again for the
   * same one is safe. Rejects with `invalidConfiguration` (`keyringOutdated`) where the keyring wraps under another key than
   * the one it describes as active, and has then changed nothing.
   */
  rewrapPage(request: { after: string | null; signal?: AbortSignal | undefined }): Promise<RewrappedPageV1>;
}

/** Data keys under one key. */
export interface WrappedCountV1 {
  /** Of the key that wraps them, as the keyring named it. */
  readonly keyId: string;
  /** At least 1. */
  readonly dataKeys: number;
}

/** What became of one page of data keys. */
export interface RewrappedPageV1 {
  /** What the next page is asked for with; null after the last. Opaque, and holds no value of a person. */
  readonly next: string | null;
  /** How many were looked at, those included that were under the active key. */
  readonly looked: number;
  /** Those that are under the active key now, by the key that they were under before. */
  readonly rewrapped: readonly WrappedCountV1[];
  /** Those that the keyring does not open, by the key that they name: damaged, or changed by somebody. Left as they are. */
  readonly unreadable: readonly WrappedCountV1[];
}
