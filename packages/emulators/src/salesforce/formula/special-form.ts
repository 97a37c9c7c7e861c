import type { FormulaNode } from "./formula-node.ts";
import type { FormulaRow } from "./formula-row.ts";
import type { FormulaType } from "./formula-type.ts";
import type { FormulaValue } from "./formula-value.ts";

/** A function with rules of its own: it takes inputs unevaluated, of any type, or looks at the record. */
export interface SpecialForm {
  /** The result's type; throws a `FormulaError` for inputs that do not fit. */
  readonly check: (call: { name: string; inputs: readonly FormulaNode[]; types: readonly FormulaType[] }) => FormulaType;
  readonly run: (call: SpecialCall) => FormulaValue;
}

export interface SpecialCall {
  readonly inputs: readonly FormulaNode[];
  readonly evaluate: (node: FormulaNode) => FormulaValue;
  readonly typeOf: (node: FormulaNode) => FormulaType;
  readonly row: FormulaRow;
}
