import type { CryptoPort } from "./crypto-port.ts";
import type { MaybePromise } from "../support/maybe-promise.ts";
import { concatenate, equalBytes } from "../support/bytes.ts";

const LEAF_PREFIX = new Uint8Array([0x00]);
const NODE_PREFIX = 0x01;
const HASH_LENGTH = 32;
const PAIR_LENGTH = 1 + 2 * HASH_LENGTH;

/** A tree over a batch: its root, and for each leaf the sibling hashes from the leaf up. */
export interface MerkleTree {
  /** 32 bytes. */
  readonly root: Uint8Array;
  /** In the order of the leaves. */
  readonly paths: readonly (readonly Uint8Array[])[];
}

/** Builds the tree of RFC 9162 section 2.1.1 over the leaves' data, in order. One digest call a level. */
export async function buildMerkleTree(request: {
  leaves: readonly Uint8Array[];
  crypto: CryptoPort;
}): Promise<MerkleTree> {
  const { leaves, crypto } = request;
  if (leaves.length === 0) {
    const [root] = await crypto.sha256([new Uint8Array(0)]);
    return { root: present(root), paths: [] };
  }
  let level = await hashLeaves({ leaves, crypto });
  const paths: Uint8Array[][] = leaves.map(() => []);
  // Node positions of the current level, a leaf: a level-by-level build with the odd node carried up unchanged gives
  // the same tree as the RFC's recursive split at the largest power of two.
  const positions = leaves.map((_, index) => index);
  while (level.length > 1) {
    for (let leaf = 0; leaf < positions.length; leaf += 1) {
      const position = positions[leaf] ?? 0;
      const sibling = level[position ^ 1];
      if (sibling !== undefined) paths[leaf]?.push(sibling);
      positions[leaf] = position >> 1;
    }
    level = await hashPairs({ level, crypto });
  }
  return { root: present(level[0]), paths };
}

/** The lowest nodes of a tree over the leaves' data. */
export async function hashLeaves(request: { leaves: readonly Uint8Array[]; crypto: CryptoPort }): Promise<readonly Uint8Array[]> {
  const { leaves, crypto } = request;
  let length = 0;
  for (const leaf of leaves) length += LEAF_PREFIX.length + leaf.length;
  const sheet = new Uint8Array(length);
  let offset = 0;
  // All messages on one sheet of memory: a buffer each would burden the garbage collector. Its zeros are the prefixes.
  const messages = leaves.map((leaf) => {
    const start = offset;
    offset += LEAF_PREFIX.length + leaf.length;
    sheet.set(leaf, start + LEAF_PREFIX.length);
    return sheet.subarray(start, offset);
  });
  return crypto.sha256(messages);
}

/** The nodes above; an odd one is carried up unchanged. */
export async function hashPairs(request: { level: readonly Uint8Array[]; crypto: CryptoPort }): Promise<readonly Uint8Array[]> {
  const { level, crypto } = request;
  const pairs = Math.floor(level.length / 2);
  const sheet = new Uint8Array(pairs * PAIR_LENGTH);
  const messages: Uint8Array[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const start = pair * PAIR_LENGTH;
    sheet[start] = NODE_PREFIX;
    sheet.set(present(level[pair * 2]), start + 1);
    sheet.set(present(level[pair * 2 + 1]), start + 1 + HASH_LENGTH);
    messages.push(sheet.subarray(start, start + PAIR_LENGTH));
  }
  const hashed = await crypto.sha256(messages);
  return level.length % 2 === 1 ? [...hashed, present(level.at(-1))] : hashed;
}

/** Checks an inclusion proof as RFC 9162 section 2.1.3.2 says. False, never an error, for a proof that does not fit. */
export async function verifyInclusion(request: {
  leaf: Uint8Array;
  leafIndex: number;
  treeSize: number;
  path: readonly Uint8Array[];
  root: Uint8Array;
  crypto: CryptoPort;
}): Promise<boolean> {
  const { leaf, leafIndex, treeSize, path, root, crypto } = request;
  if (!Number.isSafeInteger(leafIndex) || !Number.isSafeInteger(treeSize)) return false;
  if (leafIndex < 0 || leafIndex >= treeSize) return false;
  if (root.length !== HASH_LENGTH || path.some((node) => node.length !== HASH_LENGTH)) return false;
  let node = leafIndex;
  let last = treeSize - 1;
  const pair = new Uint8Array(PAIR_LENGTH);
  const toHash = [pair];
  let hash = present((await crypto.sha256([concatenate([LEAF_PREFIX, leaf])]))[0]);
  for (const sibling of path) {
    if (last === 0) return false;
    const isRight = node % 2 === 1 || node === last;
    pair[0] = NODE_PREFIX;
    pair.set(sibling, isRight ? 1 : 1 + HASH_LENGTH);
    pair.set(hash, isRight ? 1 + HASH_LENGTH : 1);
    // A digest that is there already costs no turn of the event loop: there are ten of them a proof.
    const digests = crypto.sha256(toHash);
    hash = present((isWaiting(digests) ? await digests : digests)[0]);
    if (isRight) {
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
      }
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(hash, root);
}

function isWaiting<Value>(value: MaybePromise<Value>): value is Promise<Value> {
  return value instanceof Promise;
}

function present(hash: Uint8Array | undefined): Uint8Array {
  if (hash === undefined) throw new TypeError("the crypto port answered fewer digests than it was asked for");
  return hash;
}
