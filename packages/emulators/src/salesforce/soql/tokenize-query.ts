import { malformed } from "./soql-error.ts";

export type Token =
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "string"; readonly text: string; readonly raw: string }
  | { readonly kind: "number" | "date" | "datetime"; readonly text: string }
  | { readonly kind: "symbol"; readonly text: string };

const PATTERNS: readonly { kind: Token["kind"]; pattern: RegExp }[] = [
  { kind: "datetime", pattern: /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})/y },
  { kind: "date", pattern: /\d{4}-\d{2}-\d{2}/y },
  { kind: "number", pattern: /[+-]?\d+(?:\.\d+)?/y },
  { kind: "word", pattern: /[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*/y },
  { kind: "string", pattern: /'(?:[^'\\]|\\[\s\S])*'/y },
  { kind: "symbol", pattern: /!=|<>|<=|>=|[=<>(),:]/y },
];

const ESCAPES: Readonly<Record<string, string>> = {
  "'": "'", '"': '"', "\\": "\\", n: "\n", N: "\n", r: "\r", R: "\r", t: "\t", T: "\t", b: "\b", B: "\b", f: "\f", F: "\f", _: "_", "%": "%",
};

export function tokenizeQuery(source: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < source.length) {
    if (/\s/.test(source[position] ?? "")) {
      position += 1;
      continue;
    }
    const { token, length } = tokenAt({ source, position });
    tokens.push(token);
    position += length;
  }
  return tokens;
}

function tokenAt(request: { source: string; position: number }): { token: Token; length: number } {
  const { source, position } = request;
  for (const { kind, pattern } of PATTERNS) {
    pattern.lastIndex = position;
    const text = pattern.exec(source)?.[0];
    if (text === undefined) continue;
    if (kind !== "string") return { token: { kind, text }, length: text.length };
    const raw = text.slice(1, -1);
    return { token: { kind, raw, text: unescape(raw) }, length: text.length };
  }
  throw malformed(`${source.slice(Math.max(0, position - 20), position + 20)}\n^\nERROR at Row:1:Column:${position + 1}\nline 1:${position} no viable alternative at character '${source[position] ?? ""}'`);
}

function unescape(raw: string): string {
  return raw.replace(/\\(u[0-9A-Fa-f]{4}|[\s\S])/g, (sequence, escaped: string) => {
    if (escaped.length === 5) return String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    const plain = ESCAPES[escaped];
    if (plain === undefined) throw malformed(`Invalid string literal. Illegal character sequence '${sequence}' in string literal.`);
    return plain;
  });
}
