import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { PrefixDigest } from "./prefix-digest.ts";

/** Digests a file by reading it. */
export function createFilePrefixDigest(options: { source: string }): PrefixDigest {
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
    // The file keeps its own bytes.
    endAt: () => undefined,
  };
}
