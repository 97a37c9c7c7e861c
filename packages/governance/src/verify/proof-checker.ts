import type { CryptoPort } from "@volenti/core";
import { fromHexadecimal, hashLeaves, toHexadecimal, type InclusionProof, type MaybePromise } from "@volenti/core/adapter";
import { createKnownTrees, type KnownTree, type KnownTrees, type ProvedStep } from "./known-trees.ts";

/**
 * Checks inclusion proofs as RFC 9162 section 2.1.3.2 says, hashes in lower case only, and remembers what it proved: a
 * node that was once hashed up to a root is compared the next time, and not hashed again. Beside the leaf's own hash,
 * the leaves of one tree so cost one hash each, and not one for every level.
 */
export type ProofChecker = (proved: readonly ProvedLeaf[]) => Promise<readonly boolean[]>;

export interface ProvedLeaf {
  readonly leaf: Uint8Array;
  readonly proof: InclusionProof;
}

/** Some forty megabytes. */
const DEFAULT_MOST_NODES = 262_144;
const NODE = /^[0-9a-f]{64}$/;
const HASH_LENGTH = 32;

export function createProofChecker(options: { crypto: CryptoPort; mostNodes?: number }): ProofChecker {
  const { crypto, mostNodes = DEFAULT_MOST_NODES } = options;
  const trees = createKnownTrees({ mostNodes });
  return async (proved) => {
    const starts = await hashLeaves({ leaves: proved.map(({ leaf }) => leaf), crypto });
    const hashPair = createPairHasher(crypto);
    const answers: boolean[] = [];
    for (const [index, { proof }] of proved.entries()) {
      const start = starts[index];
      const answer = start !== undefined && isPlace(proof) && checkProof({ proof, start, trees, hashPair });
      answers.push(answer instanceof Promise ? await answer : answer);
    }
    return answers;
  };
}

function isPlace({ leafIndex, treeSize }: InclusionProof): boolean {
  return Number.isSafeInteger(leafIndex) && Number.isSafeInteger(treeSize) && leafIndex >= 0 && leafIndex < treeSize;
}

/** `start` is the hash of the leaf's node. */
function checkProof(request: { proof: InclusionProof; start: Uint8Array; trees: KnownTrees; hashPair: PairHasher }): MaybePromise<boolean> {
  const { proof, start, trees, hashPair } = request;
  const { root, treeSize, leafIndex, path } = proof;
  const tree = trees.find(proof);
  if (tree === null && !NODE.test(root)) return false;
  const steps: ProvedStep[] = [];
  const place: Place = { level: 0, index: leafIndex, last: treeSize - 1 };
  const keep = (isProved: boolean): boolean => {
    if (isProved) trees.add({ root, treeSize, steps });
    return isProved;
  };
  const answer = climb({ path, root, tree, hashPair, place, steps, bytes: start });
  return answer instanceof Promise ? answer.then(keep) : keep(answer);
}

/** Where a proof has got to in its tree. */
interface Place {
  level: number;
  index: number;
  /** The last index of the level. */
  last: number;
}

interface Climb {
  readonly path: readonly string[];
  readonly root: string;
  readonly tree: KnownTree | null;
  readonly hashPair: PairHasher;
  /** Moved as the climb goes on. */
  readonly place: Place;
  /** What was hashed so far, from below. */
  readonly steps: ProvedStep[];
  /** The hash at the place. */
  readonly bytes: Uint8Array;
}

/** Hashes up to the root, or to a node that is known to lead there. */
function climb(request: Climb): MaybePromise<boolean> {
  const { path, root, tree, hashPair, place, steps } = request;
  let { bytes } = request;
  while (steps.length < path.length) {
    carryUp(place);
    const { level, index, last } = place;
    const hash = toHexadecimal(bytes);
    const met = tree?.levels[level]?.[index];
    if (tree !== null && met !== undefined) return met === hash && leadsUp({ tree, place, path, from: steps.length });
    const siblingBytes = last > 0 ? readNode(path[steps.length]) : null;
    if (siblingBytes === null) return false;
    // Written anew from its bytes: a part of a longer text would hold all of that in memory.
    const sibling = toHexadecimal(siblingBytes);
    if (sibling !== path[steps.length]) return false;
    steps.push({ level, index, hash, sibling });
    const above = index % 2 === 1 ? hashPair(siblingBytes, bytes) : hashPair(bytes, siblingBytes);
    goUp(place);
    // A digest that is there already costs no turn of the event loop.
    if (above instanceof Promise) return above.then((hashed) => climb({ ...request, bytes: hashed }));
    bytes = above;
  }
  return place.last === 0 && toHexadecimal(bytes) === root;
}

/** Whether the rest of a path is what stands beside a known node and those above it. */
function leadsUp(request: { tree: KnownTree; place: Place; path: readonly string[]; from: number }): boolean {
  const { tree, place, path, from } = request;
  for (let step = from; step < path.length; step += 1) {
    carryUp(place);
    const sibling = tree.levels[place.level]?.[place.index % 2 === 1 ? place.index - 1 : place.index + 1];
    if (sibling === undefined || sibling !== path[step]) return false;
    goUp(place);
  }
  return place.last === 0;
}

/** The last node of a level is carried up as it is while it has no sibling. */
function carryUp(place: Place): void {
  while (place.index === place.last && place.index % 2 === 0 && place.index > 0) goUp(place);
}

function goUp(place: Place): void {
  place.level += 1;
  place.index = Math.floor(place.index / 2);
  place.last = Math.floor(place.last / 2);
}

function readNode(text: string | undefined): Uint8Array | null {
  return text?.length === HASH_LENGTH * 2 ? fromHexadecimal(text) : null;
}

/** The node above two. */
type PairHasher = (left: Uint8Array, right: Uint8Array) => MaybePromise<Uint8Array>;

/** One pair is hashed after the other, on the same memory. */
function createPairHasher(crypto: CryptoPort): PairHasher {
  const pair = new Uint8Array(1 + 2 * HASH_LENGTH);
  const messages = [pair];
  pair[0] = 0x01;
  return (left, right) => {
    pair.set(left, 1);
    pair.set(right, 1 + HASH_LENGTH);
    const digests = crypto.sha256(messages);
    return digests instanceof Promise ? digests.then(firstOf) : firstOf(digests);
  };
}

function firstOf(digests: readonly Uint8Array[]): Uint8Array {
  const [digest] = digests;
  if (digest === undefined) throw new TypeError("the crypto port answered fewer digests than it was asked for");
  return digest;
}
