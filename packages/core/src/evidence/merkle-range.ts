import { fromHexadecimal, toHexadecimal } from "../support/bytes.ts";
import type { CryptoPort } from "./crypto-port.ts";
import { hashLeaves, hashPairs } from "./merkle-tree.ts";

/** A tree of any size by the roots of its perfect subtrees, greatest first: one for each bit of its size that is set. */
export interface MerkleRange {
  /** Number of leaves. */
  readonly size: number;
  /** 32 bytes each. */
  readonly peaks: readonly Uint8Array[];
}

/** The range of no leaves, from which every tree grows. */
export const EMPTY_RANGE: MerkleRange = { size: 0, peaks: [] };

/** The range with more leaves behind; two digest calls for each level that changes. Leaves are data, not hashes. */
export async function extendRange(request: {
  range: MerkleRange;
  leaves: readonly Uint8Array[];
  crypto: CryptoPort;
}): Promise<MerkleRange> {
  const { range, leaves, crypto } = request;
  if (leaves.length === 0) return range;
  const byLevel = levelsOf(range);
  let carried = await hashLeaves({ leaves, crypto });
  for (let level = 0; carried.length > 0; level += 1) {
    const waiting = byLevel.get(level);
    byLevel.delete(level);
    const nodes = waiting === undefined ? carried : [waiting, ...carried];
    const odd = nodes.length % 2 === 1 ? nodes.at(-1) : undefined;
    if (odd !== undefined) byLevel.set(level, odd);
    carried = await hashPairs({ level: odd === undefined ? nodes : nodes.slice(0, -1), crypto });
  }
  const levels = [...byLevel.keys()].toSorted((left, right) => right - left);
  return { size: range.size + leaves.length, peaks: levels.map((level) => byLevel.get(level) ?? new Uint8Array(0)) };
}

/** The root of the tree (RFC 9162 section 2.1.1); of an empty one the digest of nothing. */
export async function rootOfRange(request: { range: MerkleRange; crypto: CryptoPort }): Promise<Uint8Array> {
  const { range, crypto } = request;
  const [last, ...others] = range.peaks.toReversed();
  if (last === undefined) return (await crypto.sha256([new Uint8Array(0)]))[0] ?? new Uint8Array(0);
  let root = last;
  for (const peak of others) root = (await hashPairs({ level: [peak, root], crypto }))[0] ?? root;
  return root;
}

/** How a store keeps the peaks: one run of hexadecimal. */
export function writePeaks(range: MerkleRange): string {
  return range.peaks.map(toHexadecimal).join("");
}

/** Null where the text holds another number of peaks than a tree of that size has. */
export function readPeaks(request: { size: number; text: string }): MerkleRange | null {
  const { size, text } = request;
  const bytes = /^[0-9a-f]*$/.test(text) ? fromHexadecimal(text) : null;
  if (bytes === null || bytes.length !== 32 * countBits(size)) return null;
  return { size, peaks: Array.from({ length: bytes.length / 32 }, (_, index) => bytes.slice(index * 32, index * 32 + 32)) };
}

function levelsOf(range: MerkleRange): Map<number, Uint8Array> {
  const byLevel = new Map<number, Uint8Array>();
  let rest = range.size;
  const ascending = range.peaks.toReversed();
  for (let level = 0, next = 0; rest > 0; level += 1, rest = Math.floor(rest / 2)) {
    if (rest % 2 === 0) continue;
    const peak = ascending[next++];
    if (peak === undefined) throw new TypeError("a range has a peak for each bit of its size");
    byLevel.set(level, peak);
  }
  return byLevel;
}

function countBits(size: number): number {
  let bits = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) bits += rest % 2;
  return bits;
}
