import type { Condition, Literal, Operator, QueryTree } from "./query-tree.ts";
import { malformed } from "./soql-error.ts";
import type { TokenReader } from "./token-reader.ts";

interface ConditionRequest {
  readonly reader: TokenReader;
  readonly parseQuery: (reader: TokenReader) => QueryTree;
}

/** `a AND b` or `a OR b`; both together only with parentheses, as Salesforce demands. */
export function parseCondition(request: ConditionRequest): Condition {
  const { reader } = request;
  const members = [parseMember(request)];
  const word = reader.isNext("AND") ? "AND" : reader.isNext("OR") ? "OR" : null;
  if (word === null) return members[0] ?? reader.fail();
  while (reader.take(word)) members.push(parseMember(request));
  if (reader.isNext("AND") || reader.isNext("OR")) reader.fail();
  return { kind: word === "AND" ? "and" : "or", members };
}

function parseMember(request: ConditionRequest): Condition {
  const { reader } = request;
  if (reader.take("NOT")) return { kind: "not", member: parseMember(request) };
  if (reader.take("(")) {
    const inner = parseCondition(request);
    reader.expect(")");
    return inner;
  }
  const path = reader.expectWord();
  if (reader.isNext("NOT") && reader.isNext("IN", 1)) {
    reader.next();
    reader.next();
    return parseIn({ ...request, path, isNegated: true });
  }
  if (reader.take("IN")) return parseIn({ ...request, path, isNegated: false });
  const operator = parseOperator(reader);
  return { kind: "compare", path, operator, literal: parseLiteral(reader) };
}

function parseOperator(reader: TokenReader): Operator {
  if (reader.take("LIKE")) return "LIKE";
  for (const operator of ["=", "!=", "<=", ">=", "<", ">"] as const) if (reader.take(operator)) return operator;
  if (reader.take("<>")) return "!=";
  return reader.fail();
}

function parseIn(request: ConditionRequest & { path: string; isNegated: boolean }): Condition {
  const { reader, path, isNegated } = request;
  reader.expect("(");
  if (reader.isNext("SELECT")) {
    const query = request.parseQuery(reader);
    reader.expect(")");
    return { kind: "inQuery", path, isNegated, query };
  }
  const literals = [parseLiteral(reader)];
  while (reader.take(",")) literals.push(parseLiteral(reader));
  reader.expect(")");
  return { kind: "in", path, isNegated, literals };
}

function parseLiteral(reader: TokenReader): Literal {
  const token = reader.next();
  switch (token.kind) {
    case "string":
      return { kind: "string", raw: token.raw, text: token.text };
    case "number":
      return { kind: "number", number: Number(token.text) };
    case "date":
    case "datetime":
      return { kind: token.kind, text: token.text };
    case "word":
      return parseWord(token.text);
    default:
      throw malformed(`unexpected token: '${token.text}'`);
  }
}

function parseWord(text: string): Literal {
  const lower = text.toLowerCase();
  if (lower === "null") return { kind: "null" };
  if (lower === "true" || lower === "false") return { kind: "boolean", boolean: lower === "true" };
  throw malformed(`Bind variables only allowed in Apex code, and relative dates are not emulated: '${text}'`);
}
