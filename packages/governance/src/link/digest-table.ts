/** 64 bits of a digest as two halves: enough to tell hundreds of millions of keys apart. */
export interface Digest {
  readonly high: number;
  readonly low: number;
}

/** A map from digests to digests in one typed array: 16 bytes an entry, and twice to thrice that while it grows. */
export interface DigestTable {
  get(key: Digest): Digest | null;
  set(request: { key: Digest; value: Digest }): void;
}

const WORDS_AN_ENTRY = 4;
const SMALLEST_CAPACITY = 1024;
const FULLEST = 0.7;

export function toDigest(hash: Uint8Array): Digest {
  const view = new DataView(hash.buffer, hash.byteOffset, hash.byteLength);
  return { high: view.getUint32(0), low: view.getUint32(4) };
}

export function isSameDigest(request: { left: Digest; right: Digest }): boolean {
  return request.left.high === request.right.high && request.left.low === request.right.low;
}

/** Open addressing with linear probing; a slot whose value is zero is empty, so a value is never zero. */
export function createDigestTable(): DigestTable {
  let words = new Uint32Array(SMALLEST_CAPACITY * WORDS_AN_ENTRY);
  let entries = 0;
  const grow = (): void => {
    const old = words;
    words = new Uint32Array(old.length * 2);
    for (let offset = 0; offset < old.length; offset += WORDS_AN_ENTRY) {
      if (isEmpty({ words: old, offset })) continue;
      const key = readDigest({ words: old, offset });
      words.set(old.subarray(offset, offset + WORDS_AN_ENTRY), findSlot({ words, key }));
    }
  };
  return {
    get: (key) => {
      const offset = findSlot({ words, key });
      return isEmpty({ words, offset }) ? null : readDigest({ words, offset: offset + 2 });
    },
    set: ({ key, value }) => {
      if ((entries + 1) * WORDS_AN_ENTRY > words.length * FULLEST) grow();
      const offset = findSlot({ words, key });
      if (isEmpty({ words, offset })) entries += 1;
      words.set([key.high, key.low, value.high, value.low], offset);
    },
  };
}

function findSlot(request: { words: Uint32Array; key: Digest }): number {
  const { words, key } = request;
  const slots = words.length / WORDS_AN_ENTRY;
  let slot = key.low % slots;
  for (;;) {
    const offset = slot * WORDS_AN_ENTRY;
    if (isEmpty({ words, offset }) || isSameDigest({ left: readDigest({ words, offset }), right: key })) return offset;
    slot = (slot + 1) % slots;
  }
}

function isEmpty(request: { words: Uint32Array; offset: number }): boolean {
  return request.words[request.offset + 2] === 0 && request.words[request.offset + 3] === 0;
}

function readDigest(request: { words: Uint32Array; offset: number }): Digest {
  return { high: request.words[request.offset] ?? 0, low: request.words[request.offset + 1] ?? 0 };
}
