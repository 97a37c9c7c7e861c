export type BinaryOperator = "+" | "-" | "*" | "/" | "^" | "&" | "=" | "<>" | "<" | "<=" | ">" | ">=";

/** A parsed formula. `&&`, `||` and `!` are calls of AND, OR and NOT. */
export type FormulaNode =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "field"; readonly path: string }
  | { readonly kind: "negate"; readonly operand: FormulaNode }
  | { readonly kind: "binary"; readonly operator: BinaryOperator; readonly left: FormulaNode; readonly right: FormulaNode }
  /** The name in capitals. */
  | { readonly kind: "call"; readonly name: string; readonly inputs: readonly FormulaNode[] };
