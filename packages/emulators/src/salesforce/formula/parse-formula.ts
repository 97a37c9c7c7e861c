import { FormulaError } from "./formula-error.ts";
import type { BinaryOperator, FormulaNode } from "./formula-node.ts";
import { tokenizeFormula, type FormulaToken } from "./tokenize-formula.ts";

/** How fields are written: `Name` in validation rules, `{!$Record.Name}` in flows. */
export type FieldNotation = "bare" | "merge";

interface Cursor {
  readonly tokens: readonly FormulaToken[];
  readonly notation: FieldNotation;
  position: number;
}

/** From loose to tight; `^` binds looser than `*`, as in Salesforce's own grammar. */
const LEVELS: readonly (readonly (readonly [symbol: string, operator: BinaryOperator | "AND" | "OR"])[])[] = [
  [["||", "OR"]],
  [["&&", "AND"]],
  [["=", "="], ["==", "="], ["<>", "<>"], ["!=", "<>"]],
  [["<", "<"], ["<=", "<="], [">", ">"], [">=", ">="]],
  [["+", "+"], ["-", "-"], ["&", "&"]],
  [["^", "^"]],
  [["*", "*"], ["/", "/"]],
];
const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([["TRUE", true], ["FALSE", false], ["NULL", null]]);

/** Parses a formula. Throws a `FormulaError` for what is none. */
export function parseFormula(request: { source: string; notation: FieldNotation }): FormulaNode {
  const cursor: Cursor = { tokens: tokenizeFormula(request.source), notation: request.notation, position: 0 };
  if (cursor.tokens.length === 0) throw new FormulaError("Syntax error");
  const node = parseLevel({ cursor, level: 0 });
  const rest = cursor.tokens[cursor.position];
  if (rest !== undefined) throw new FormulaError(rest.text === ")" ? "Syntax error. Extra ')'" : `Syntax error. Extra '${rest.text}'`);
  return node;
}

function parseLevel({ cursor, level }: { cursor: Cursor; level: number }): FormulaNode {
  const operators = LEVELS[level];
  if (operators === undefined) return parseUnary(cursor);
  let left = parseLevel({ cursor, level: level + 1 });
  for (;;) {
    const token = cursor.tokens[cursor.position];
    const operator = token?.kind === "symbol" ? operators.find(([symbol]) => symbol === token.text)?.[1] : undefined;
    if (operator === undefined) return left;
    cursor.position += 1;
    const right = parseLevel({ cursor, level: level + 1 });
    left = operator === "AND" || operator === "OR"
      ? { kind: "call", name: operator, inputs: [left, right] }
      : { kind: "binary", operator, left, right };
  }
}

function parseUnary(cursor: Cursor): FormulaNode {
  if (accept({ cursor, symbol: "-" })) return { kind: "negate", operand: parseUnary(cursor) };
  if (accept({ cursor, symbol: "+" })) return parseUnary(cursor);
  if (accept({ cursor, symbol: "!" })) return { kind: "call", name: "NOT", inputs: [parseUnary(cursor)] };
  return parsePrimary(cursor);
}

function parsePrimary(cursor: Cursor): FormulaNode {
  const token = cursor.tokens[cursor.position];
  if (token === undefined) throw new FormulaError("Syntax error");
  cursor.position += 1;
  switch (token.kind) {
    case "number":
    case "string":
      return { kind: "literal", value: token.value };
    case "merge":
      if (cursor.notation !== "merge") throw new FormulaError("Syntax error. Found '{'");
      return { kind: "field", path: token.text };
    case "name":
      return parseName({ cursor, name: token.text });
    case "symbol":
      if (token.text !== "(") throw new FormulaError(`Syntax error. Found '${token.text}'`);
      return parseGroup(cursor);
  }
}

function parseGroup(cursor: Cursor): FormulaNode {
  const node = parseLevel({ cursor, level: 0 });
  expectClosing(cursor);
  return node;
}

function parseName({ cursor, name }: { cursor: Cursor; name: string }): FormulaNode {
  const upper = name.toUpperCase();
  if (accept({ cursor, symbol: "(" })) return { kind: "call", name: upper, inputs: parseInputs(cursor) };
  const constant = CONSTANTS.get(upper);
  if (constant !== undefined) return { kind: "literal", value: constant };
  if (cursor.notation === "merge") throw new FormulaError(`Field ${name} does not exist. Check spelling.`);
  return { kind: "field", path: name };
}

function parseInputs(cursor: Cursor): readonly FormulaNode[] {
  if (accept({ cursor, symbol: ")" })) return [];
  const inputs = [parseLevel({ cursor, level: 0 })];
  while (accept({ cursor, symbol: "," })) inputs.push(parseLevel({ cursor, level: 0 }));
  expectClosing(cursor);
  return inputs;
}

function expectClosing(cursor: Cursor): void {
  if (!accept({ cursor, symbol: ")" })) throw new FormulaError("Syntax error. Missing ')'");
}

function accept({ cursor, symbol }: { cursor: Cursor; symbol: string }): boolean {
  const token = cursor.tokens[cursor.position];
  if (token?.kind !== "symbol" || token.text !== symbol) return false;
  cursor.position += 1;
  return true;
}
