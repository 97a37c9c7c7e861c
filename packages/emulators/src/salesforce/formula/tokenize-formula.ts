import { FormulaError } from "./formula-error.ts";

export type FormulaToken =
  | { readonly kind: "number"; readonly value: number; readonly text: string }
  | { readonly kind: "string"; readonly value: string; readonly text: string }
  /** A name that stands bare: a field, a function, TRUE, FALSE, NULL. */
  | { readonly kind: "name"; readonly text: string }
  /** `{!…}`, as flows name their resources. */
  | { readonly kind: "merge"; readonly text: string }
  | { readonly kind: "symbol"; readonly text: string };

const PATTERN =
  /(?<space>\s+)|(?<comment>\/\*[\s\S]*?\*\/)|(?<number>\d+(?:\.\d+)?)|(?<string>"(?:\\[nrt"'\\]|[^"\\\n\r])*"|'(?:\\[nrt"'\\]|[^'\\\n\r])*')|\{!(?<merge>[^{}]*)\}|(?<name>[A-Za-z$][A-Za-z0-9_$:.#]*)|(?<symbol>&&|\|\||==|!=|<>|<=|>=|[()+\-*/^&=<>!,])/y;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** The words of a formula; comments and white space are gone. Throws a `FormulaError` at the first character that starts none. */
export function tokenizeFormula(source: string): readonly FormulaToken[] {
  const pattern = new RegExp(PATTERN);
  const tokens: FormulaToken[] = [];
  while (pattern.lastIndex < source.length) {
    const start = pattern.lastIndex;
    const groups = pattern.exec(source)?.groups;
    if (groups === undefined) throw new FormulaError(describeStray(source.slice(start)));
    const token = toToken(groups);
    if (token !== null) tokens.push(token);
  }
  return tokens;
}

function toToken(groups: Readonly<Record<string, string | undefined>>): FormulaToken | null {
  const { number, string, merge, name, symbol } = groups;
  if (number !== undefined) return { kind: "number", value: Number(number), text: number };
  if (string !== undefined) return { kind: "string", value: unescape(string.slice(1, -1)), text: string };
  if (merge !== undefined) return { kind: "merge", text: merge.trim() };
  if (name !== undefined) return { kind: "name", text: name };
  if (symbol !== undefined) return { kind: "symbol", text: symbol };
  return null;
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/g, (_whole, character: string) => ESCAPES[character] ?? character);
}

function describeStray(rest: string): string {
  if (rest.startsWith('"') || rest.startsWith("'")) return "Syntax error. Missing closing quote or invalid escape sequence";
  if (rest.startsWith("/*")) return "Syntax error. Missing '*/'";
  return `Syntax error. Found '${rest.slice(0, 1)}'`;
}
