import type { ConsentHistoryFacetV1 } from "@volenti/core/adapter";
import type { DecisionFault } from "./check-decision.ts";
import type { HeadChecker } from "./head-checker.ts";
import type { DecisionFinding, DecisionFindingCode } from "./verification-report.ts";

/** Checks the signed heads by themselves: one that no decision names was signed all the same. */
export interface HeadsChecker {
  /** To be called for every decision, so that what was told of it is not told of its head again. */
  add(checked: { root: string; faults: readonly DecisionFault[] }): void;
  finish(): Promise<void>;
}

const HEAD_CODES: ReadonlySet<DecisionFindingCode> = new Set(["malformedHead", "unknownKey", "badSignature", "headMismatch"]);
/** Beyond so many there is no need to look for more. */
const MOST_FAULTY = 10_000;
/** Beyond so many, heads are verified a second time rather than remembered. */
const MOST_NAMED = 1_000_000;
const DIGITS_OF_A_ROOT = 13;

export function createHeadsChecker(request: {
  consentHistory: ConsentHistoryFacetV1;
  checkHead: HeadChecker;
  tell: (findings: readonly DecisionFinding[]) => void;
}): HeadsChecker {
  const { consentHistory, checkHead, tell } = request;
  const faulty = new Set<string>();
  // Enough of a root to tell heads apart, as a number: what a decision named was verified with the decision.
  const named = new Set<number>();
  const keyOf = (root: string): number => Number.parseInt(root.slice(0, DIGITS_OF_A_ROOT), 16);
  let last: string | null = null;
  return {
    add: ({ root, faults }) => {
      // The decisions of one submission follow one another, under one head.
      if (root !== last && named.size < MOST_NAMED) named.add(keyOf(root));
      last = root;
      if (faulty.size < MOST_FAULTY && faults.some(({ code }) => HEAD_CODES.has(code))) faulty.add(root);
    },
    finish: async () => {
      if (faulty.size >= MOST_FAULTY) return;
      for await (const { root, jws } of consentHistory.listHeads?.() ?? []) {
        if (faulty.has(root) || named.has(keyOf(root))) continue;
        const verification = await checkHead(jws);
        // Of a revoked key it is for the decisions to say which of them are proved to be older.
        const code = "statement" in verification ? "headMismatch" : verification.code;
        if (!("statement" in verification) || verification.statement.root !== root) tell([{ code, root }]);
      }
    },
  };
}
