/** A node that was hashed up to the root of its tree. */
export interface ProvedNode {
  /** Hexadecimal. */
  readonly hash: string;
  /** The hash beside it, hexadecimal. */
  readonly sibling: string;
  /** The node that both are hashed to, proved as well; null for the root, which has nothing beside it. */
  readonly parent: ProvedNode | null;
}

/** A node that was hashed, with what stands beside it. */
export interface ProvedStep {
  readonly place: number;
  readonly hash: string;
  readonly siblingPlace: number;
  readonly sibling: string;
}

/** The nodes that were proved of the trees met lately. */
export interface KnownTrees {
  /** By {@link placeOf}; null where the root was not met, or with another number of leaves. */
  find(tree: { root: string; treeSize: number }): ReadonlyMap<number, ProvedNode> | null;
  /** `steps` from below; `top` is the node that the last of them is hashed to. */
  add(proved: { root: string; treeSize: number; steps: readonly ProvedStep[]; top: ProvedNode }): void;
}

/** Beyond so many leaves a node has no number of its own. */
export const MOST_LEAVES = 2 ** 40;
const LEVELS = 64;

/** The number of a node in its tree; levels count from the leaves, indexes from the left. */
export function placeOf(node: { level: number; index: number }): number {
  return node.index * LEVELS + node.level;
}

/** Holds no more than `mostNodes`: forgets whole trees, the oldest first. */
export function createKnownTrees(options: { mostNodes: number }): KnownTrees {
  const trees = new Map<string, { readonly treeSize: number; readonly nodes: Map<number, ProvedNode> }>();
  let held = 0;
  const forget = (): void => {
    for (const [root, { nodes }] of trees) {
      if (held <= options.mostNodes) return;
      trees.delete(root);
      held -= nodes.size;
    }
  };
  return {
    find: ({ root, treeSize }) => {
      const tree = trees.get(root);
      return tree?.treeSize === treeSize ? tree.nodes : null;
    },
    add: ({ root, treeSize, steps, top }) => {
      const tree = trees.get(root) ?? { treeSize, nodes: new Map<number, ProvedNode>() };
      if (tree.treeSize !== treeSize) return;
      trees.set(root, tree);
      held -= tree.nodes.size;
      let parent = top;
      for (let index = steps.length - 1; index >= 0; index -= 1) {
        const step = steps[index];
        if (step === undefined) continue;
        const { place, hash, siblingPlace, sibling } = step;
        tree.nodes.set(siblingPlace, { hash: sibling, sibling: hash, parent });
        const node: ProvedNode = { hash, sibling, parent };
        tree.nodes.set(place, node);
        parent = node;
      }
      held += tree.nodes.size;
      forget();
    },
  };
}
