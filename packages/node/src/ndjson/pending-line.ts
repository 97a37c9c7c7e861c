import { Buffer } from "node:buffer";

/** The beginning of a line whose end has not come yet. */
export interface PendingLine {
  /** Bytes so far, those that were dropped included. */
  length(): number;
  add(bytes: Uint8Array): void;
  /** The line so far, null where it is too long; starts the next one. */
  take(): Uint8Array | null;
}

/** Collects the pieces of one line; drops them, and only counts, from where the line is too long. */
export function createPendingLine(options: { maxLengthInBytes: number }): PendingLine {
  let pieces: Uint8Array[] = [];
  let length = 0;
  return {
    length: () => length,
    add: (bytes) => {
      if (bytes.length === 0) return;
      length += bytes.length;
      // Copied, since a source may fill the same chunk again, and a slice would keep the whole chunk alive.
      if (length > options.maxLengthInBytes) pieces = [];
      else pieces.push(Buffer.from(bytes));
    },
    take: () => {
      const line = length > options.maxLengthInBytes ? null : Buffer.concat(pieces);
      pieces = [];
      length = 0;
      return line;
    },
  };
}
