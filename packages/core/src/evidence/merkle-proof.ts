import { concatenate, equalBytes } from "../support/bytes.ts";
import type { CryptoPort } from "./crypto-port.ts";
import { EMPTY_RANGE, extendRange, rootOfRange, type MerkleRange } from "./merkle-range.ts";

/** Leaves whose subtree's root is a node of a proof: from `start`, up to and without `end`. */
export interface LeafRange {
  /** From 0. */
  readonly start: number;
  /** Greater than `start`. */
  readonly end: number;
}

/** The subtrees of an inclusion proof, from the leaf up (RFC 9162 section 2.1.3.1). */
export function listInclusionRanges(request: { leafIndex: number; treeSize: number }): readonly LeafRange[] {
  const { leafIndex } = request;
  const ranges: LeafRange[] = [];
  let [start, end] = [0, request.treeSize];
  while (end - start > 1) {
    const middle = start + greatestPowerBelow(end - start);
    if (leafIndex < middle) {
      ranges.unshift({ start: middle, end });
      end = middle;
    } else {
      ranges.unshift({ start, end: middle });
      start = middle;
    }
  }
  return ranges;
}

/** The subtrees of a consistency proof (RFC 9162 section 2.1.4.1); none from an empty tree, or to one of the same size. */
export function listConsistencyRanges(request: { size: number; laterSize: number }): readonly LeafRange[] {
  const { size } = request;
  if (size === 0 || size === request.laterSize) return [];
  const ranges: LeafRange[] = [];
  let [start, end] = [0, request.laterSize];
  while (end > size) {
    const middle = start + greatestPowerBelow(end - start);
    if (size <= middle) {
      ranges.unshift({ start: middle, end });
      end = middle;
    } else {
      ranges.unshift({ start, end: middle });
      start = middle;
    }
  }
  return start === 0 ? ranges : [{ start, end }, ...ranges];
}

/** The roots of the subtrees, in the order of the ranges; one pass over the tree's leaf data, few leaves at a time in memory. */
export async function hashRanges(request: {
  ranges: readonly LeafRange[];
  leaves: AsyncIterable<Uint8Array>;
  crypto: CryptoPort;
}): Promise<readonly Uint8Array[]> {
  const { ranges, leaves, crypto } = request;
  const inOrder = ranges.toSorted((left, right) => left.start - right.start);
  const roots = new Map<LeafRange, Uint8Array>();
  let [index, place, range]: [number, number, MerkleRange] = [0, 0, EMPTY_RANGE];
  let waiting: Uint8Array[] = [];
  for await (const leaf of leaves) {
    const current = inOrder[place];
    if (current === undefined) break;
    if (index >= current.start) waiting.push(leaf);
    index += 1;
    if (waiting.length < LEAVES_TOGETHER && index < current.end) continue;
    range = await extendRange({ range, leaves: waiting, crypto });
    waiting = [];
    if (index < current.end) continue;
    roots.set(current, await rootOfRange({ range, crypto }));
    [place, range] = [place + 1, EMPTY_RANGE];
  }
  if (roots.size < ranges.length) throw new TypeError("there are fewer leaves than the proof is about");
  return ranges.map((one) => roots.get(one) ?? new Uint8Array(0));
}

const LEAVES_TOGETHER = 1024;

/** Checks that a later tree extends an earlier one (RFC 9162 section 2.1.4.2). False, never an error, for a proof that does not fit. */
export async function verifyConsistency(request: {
  size: number;
  root: Uint8Array;
  laterSize: number;
  laterRoot: Uint8Array;
  proof: readonly Uint8Array[];
  crypto: CryptoPort;
}): Promise<boolean> {
  const { size, root, laterSize, laterRoot, proof, crypto } = request;
  // Every tree extends the empty one: a proof of that proves nothing, and is refused.
  if (![size, laterSize].every((each) => Number.isSafeInteger(each) && each > 0) || size > laterSize) return false;
  if (size === laterSize) return proof.length === 0 && equalBytes(root, laterRoot);
  if (proof.some((node) => node.length !== 32)) return false;
  const path = isPowerOfTwo(size) ? [root, ...proof] : proof;
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let { node, last } = climbRight({ node: size - 1, last: laterSize - 1, isWhole: true });
  let [earlier, later] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      [earlier, later] = [await hashNode({ left: sibling, right: earlier, crypto }), await hashNode({ left: sibling, right: later, crypto })];
      if (node % 2 === 0) ({ node, last } = climbRight({ node, last, isWhole: false }));
    } else later = await hashNode({ left: later, right: sibling, crypto });
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && equalBytes(earlier, root) && equalBytes(later, laterRoot);
}

/** Climbs while the node is a right child (`isWhole`), or until it is one or the first. */
function climbRight(request: { node: number; last: number; isWhole: boolean }): { node: number; last: number } {
  let { node, last } = request;
  const climbs = (): boolean => (request.isWhole ? node % 2 === 1 : node % 2 === 0 && node !== 0);
  while (climbs()) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  return { node, last };
}

async function hashNode(request: { left: Uint8Array; right: Uint8Array; crypto: CryptoPort }): Promise<Uint8Array> {
  const { left, right, crypto } = request;
  const [hash] = await crypto.sha256([concatenate([new Uint8Array([0x01]), left, right])]);
  return hash ?? new Uint8Array(0);
}

function greatestPowerBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

function isPowerOfTwo(size: number): boolean {
  return size > 0 && Number.isInteger(Math.log2(size));
}
