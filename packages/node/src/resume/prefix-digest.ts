import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** The digest of a growing part of a file's beginning: every byte is read once. */
export interface PrefixDigest {
  /**
   * SHA-256 of the file's first `offset` bytes, hexadecimal; null where the file is shorter. Offsets must not fall from
   * one call to the next.
   */
  advance(offset: number): Promise<string | null>;
}

export function createPrefixDigest(options: { source: string }): PrefixDigest {
  const hash = createHash("sha256");
  let hashed = 0;
  return {
    advance: async (offset) => {
      if (offset < hashed) throw new RangeError("the offset of a resume state fell");
      if (offset > hashed) {
        const stream = createReadStream(options.source, { start: hashed, end: offset - 1 });
        for await (const chunk of stream as AsyncIterable<Uint8Array>) {
          hash.update(chunk);
          hashed += chunk.length;
        }
      }
      return hashed === offset ? hash.copy().digest("hex") : null;
    },
  };
}
