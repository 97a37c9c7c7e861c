import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { PrefixDigest } from "./prefix-digest.ts";

/** Digests a stream by the bytes that pass; keeps those between the last offset and the end of what has passed. */
export interface StreamPrefixDigest extends PrefixDigest {
  /** The next bytes of the stream. */
  add(bytes: Uint8Array): void;
}

export function createStreamPrefixDigest(): StreamPrefixDigest {
  const hash = createHash("sha256");
  let kept: Buffer[] = [];
  let hashed = 0;
  let added = 0;
  let limit = Infinity;
  return {
    add: (bytes) => {
      const wanted = bytes.subarray(0, Math.max(0, limit - added));
      if (wanted.length === 0) return;
      // Copied, since a source may fill the same chunk again.
      kept.push(Buffer.from(wanted));
      added += wanted.length;
    },
    endAt: (offset) => {
      limit = offset;
      if (added <= limit) return;
      const length = Math.max(0, limit - hashed);
      kept = [Buffer.from(Buffer.concat(kept).subarray(0, length))];
      added = hashed + length;
    },
    advance: async (offset) => {
      if (offset < hashed) throw new RangeError("the offset of a resume state fell");
      for (let first = kept[0]; first !== undefined && hashed < offset; first = kept[0]) {
        const piece = first.subarray(0, offset - hashed);
        hash.update(piece);
        hashed += piece.length;
        if (piece.length === first.length) kept.shift();
        else kept[0] = first.subarray(piece.length);
      }
      return hashed === offset ? hash.copy().digest("hex") : null;
    },
  };
}
