/** The nodes of a tree that were hashed up to its root, and those that stand beside them. */
export interface KnownTree {
  readonly treeSize: number;
  /** By level from the leaves, then by index from the left: hexadecimal, undefined for a node that was not met. */
  readonly levels: readonly (string | undefined)[][];
}

/** A node that was hashed, with what stands beside it. */
export interface ProvedStep {
  readonly level: number;
  readonly index: number;
  /** Hexadecimal. */
  readonly hash: string;
  readonly sibling: string;
}

/** The nodes that were proved of the trees met lately. */
export interface KnownTrees {
  /** Null where the root was not met, or with another number of leaves. */
  find(tree: { root: string; treeSize: number }): KnownTree | null;
  /** `steps` from below; the last of them is hashed to the root, or to a node that is known. */
  add(proved: { root: string; treeSize: number; steps: readonly ProvedStep[] }): void;
}

/** A greater tree is none that a batch makes: its leaves are hashed up to the root one by one. */
const MOST_LEAVES = 65_536;
/** What a tree weighs beside its nodes, in nodes. */
const WEIGHT_OF_A_TREE = 8;

/** Holds no more than `mostNodes`: forgets whole trees, the oldest first. */
export function createKnownTrees(options: { mostNodes: number }): KnownTrees {
  const trees = new Map<string, KnownTree>();
  let held = 0;
  const create = ({ root, treeSize }: { root: string; treeSize: number }): KnownTree => {
    const tree = { treeSize, levels: makeLevels(treeSize) };
    trees.set(root, tree);
    held += weigh(tree);
    return tree;
  };
  const forget = (): void => {
    for (const [root, tree] of trees) {
      if (held <= options.mostNodes) return;
      trees.delete(root);
      held -= weigh(tree);
    }
  };
  return {
    find: ({ root, treeSize }) => {
      const tree = trees.get(root);
      return tree?.treeSize === treeSize ? tree : null;
    },
    add: ({ root, treeSize, steps }) => {
      if (steps.length === 0 || treeSize > MOST_LEAVES) return;
      const { levels, treeSize: knownSize } = trees.get(root) ?? create({ root, treeSize });
      if (knownSize !== treeSize) return;
      for (const { level, index, hash, sibling } of steps) {
        const nodes = levels[level];
        if (nodes === undefined) continue;
        nodes[index] = hash;
        nodes[index % 2 === 1 ? index - 1 : index + 1] = sibling;
      }
      forget();
    },
  };
}

/** A place for every node but the root: a list that grows here and there would be kept as a table. */
function makeLevels(treeSize: number): (string | undefined)[][] {
  const levels: (string | undefined)[][] = [];
  for (let width = treeSize; width > 1; width = Math.ceil(width / 2)) levels.push(Array.from({ length: width }));
  return levels;
}

function weigh({ treeSize }: KnownTree): number {
  return treeSize * 2 + WEIGHT_OF_A_TREE;
}
