/** The digest of a growing part of a source's beginning: every byte is read once. */
export interface PrefixDigest {
  /**
   * SHA-256 of the source's first `offset` bytes, hexadecimal; null where the source is shorter, or not read so far.
   * Offsets must not fall from one call to the next.
   */
  advance(offset: number): Promise<string | null>;
  /** Says that no greater offset will be asked for. */
  endAt(offset: number): void;
}
