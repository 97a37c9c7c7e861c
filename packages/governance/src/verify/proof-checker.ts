import type { CryptoPort } from "@volenti/core";
import { fromHexadecimal, hashLeaves, toHexadecimal, type InclusionProof, type MaybePromise } from "@volenti/core/adapter";
import { createKnownTrees, MOST_LEAVES, placeOf, type KnownTrees, type ProvedNode, type ProvedStep } from "./known-trees.ts";

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
  return Number.isSafeInteger(leafIndex) && Number.isSafeInteger(treeSize) && leafIndex >= 0 && leafIndex < treeSize && treeSize <= MOST_LEAVES;
}

/** `start` is the hash of the leaf's node. */
function checkProof(request: { proof: InclusionProof; start: Uint8Array; trees: KnownTrees; hashPair: PairHasher }): MaybePromise<boolean> {
  const { proof, start, trees, hashPair } = request;
  const known = trees.find(proof);
  const node = known?.get(placeOf({ level: 0, index: proof.leafIndex }));
  if (node !== undefined) return node.hash === toHexadecimal(start) && leadsUp({ node, path: proof.path, from: 0 });
  if (known === null && !NODE.test(proof.root)) return false;
  return climb({ proof, known, start, hashPair }).then((climbed) => {
    if (climbed !== null) trees.add({ root: proof.root, treeSize: proof.treeSize, ...climbed });
    return climbed !== null;
  });
}

/** What a proof proves beside its leaf; see {@link KnownTrees.add}. */
interface Climbed {
  readonly steps: readonly ProvedStep[];
  readonly top: ProvedNode;
}

/** Hashes up to the root, or to a node that is known to lead there; null where it leads to neither. */
async function climb(request: {
  proof: InclusionProof;
  known: ReadonlyMap<number, ProvedNode> | null;
  start: Uint8Array;
  hashPair: PairHasher;
}): Promise<Climbed | null> {
  const { proof, known, start, hashPair } = request;
  const { path, leafIndex, treeSize, root } = proof;
  const steps: ProvedStep[] = [];
  let bytes = start;
  let [level, index, last] = [0, leafIndex, treeSize - 1];
  for (const sibling of path) {
    // The last node of a level is carried up as it is while it has no sibling.
    for (; index === last && index % 2 === 0 && index > 0; level += 1) [index, last] = [index / 2, Math.floor(last / 2)];
    const [place, hash] = [placeOf({ level, index }), toHexadecimal(bytes)];
    const met = known?.get(place);
    if (met !== undefined) return met.hash === hash && leadsUp({ node: met, path, from: steps.length }) ? { steps, top: met } : null;
    const siblingBytes = last > 0 && sibling.length === HASH_LENGTH * 2 ? fromHexadecimal(sibling) : null;
    if (siblingBytes === null) return null;
    // Written anew from its bytes: a part of a longer text would hold all of that in memory.
    const written = toHexadecimal(siblingBytes);
    if (written !== sibling) return null;
    const isRight = index % 2 === 1;
    steps.push({ place, hash, siblingPlace: placeOf({ level, index: isRight ? index - 1 : index + 1 }), sibling: written });
    const above = isRight ? hashPair(siblingBytes, bytes) : hashPair(bytes, siblingBytes);
    bytes = above instanceof Promise ? await above : above;
    [level, index, last] = [level + 1, Math.floor(index / 2), Math.floor(last / 2)];
  }
  if (last !== 0 || toHexadecimal(bytes) !== root) return null;
  return { steps, top: { hash: root, sibling: "", parent: null } };
}

/** Whether the rest of a path is what stands beside a proved node and those above it. */
function leadsUp(request: { node: ProvedNode; path: readonly string[]; from: number }): boolean {
  let { node } = request;
  for (let index = request.from; index < request.path.length; index += 1) {
    if (node.parent === null || request.path[index] !== node.sibling) return false;
    node = node.parent;
  }
  return node.parent === null;
}

/** The node above two. */
type PairHasher = (left: Uint8Array, right: Uint8Array) => MaybePromise<Uint8Array>;

/** One pair is hashed after the other, on the same memory. A digest that is there already costs no turn of the event loop. */
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
