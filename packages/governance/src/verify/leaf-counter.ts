import type { InclusionProof } from "@volenti/core/adapter";

/** Counts the leaves of signed trees that no row was found for. */
export interface LeafCounter {
  /** To be called for every row whose proof holds under a signed head. */
  add(proof: InclusionProof): void;
  /** Leaves, of the trees met so far, without a row. */
  unaccounted(): number;
}

// Enough of a root to tell trees apart, and few enough bits for a number: an entry costs a tenth of a text.
const DIGITS_OF_A_ROOT = 13;

/** Holds a number for each tree that is not complete yet. */
export function createLeafCounter(): LeafCounter {
  const missing = new Map<number, number>();
  let last = { root: "", key: Number.NaN };
  return {
    add: ({ root, treeSize }) => {
      // The decisions of one submission follow one another, under one root.
      if (root !== last.root) last = { root, key: Number.parseInt(root.slice(0, DIGITS_OF_A_ROOT), 16) };
      const { key } = last;
      const rest = (missing.get(key) ?? treeSize) - 1;
      if (rest > 0) missing.set(key, rest);
      else missing.delete(key);
    },
    unaccounted: () => {
      let total = 0;
      for (const count of missing.values()) total += count;
      return total;
    },
  };
}
