import { parseCondition } from "./parse-condition.ts";
import type { Aggregate, Ordering, QueryTree, Selected } from "./query-tree.ts";
import { malformed } from "./soql-error.ts";
import { createTokenReader, type TokenReader } from "./token-reader.ts";
import { tokenizeQuery } from "./tokenize-query.ts";

const MOST_CHARACTERS = 100_000;
const CLAUSES: ReadonlySet<string> = new Set(["WHERE", "GROUP", "ORDER", "LIMIT", "OFFSET", "FOR", "WITH", "HAVING", "USING", "ALL"]);

/** The tree of a SOQL query: one object, its parents, conditions, grouping, order, limits. Throws `SoqlError`. */
export function parseQuery(source: string): QueryTree {
  if (source.length > MOST_CHARACTERS) throw malformed("SOQL statements cannot be longer than 100,000 characters.");
  const reader = createTokenReader(tokenizeQuery(source));
  const query = parseTree(reader);
  if (reader.peek() !== undefined) reader.fail();
  return query;
}

function parseTree(reader: TokenReader): QueryTree {
  reader.expect("SELECT");
  const selected = [parseSelected(reader)];
  while (reader.take(",")) selected.push(parseSelected(reader));
  reader.expect("FROM");
  const objectName = reader.expectWord();
  const alias = takeAlias(reader);
  const where = reader.take("WHERE") ? parseCondition({ reader, parseQuery: parseTree }) : null;
  const groupBy = parseGroupBy(reader);
  const orderBy = parseOrderBy(reader);
  const limit = reader.take("LIMIT") ? parseCount(reader) : null;
  const offset = reader.take("OFFSET") ? parseCount(reader) : 0;
  return { selected, objectName, alias, where, groupBy, orderBy, limit, offset };
}

function parseSelected(reader: TokenReader): Selected {
  if (reader.isNext("(") || reader.isNext("TYPEOF")) throw malformed("child relationship queries and TYPEOF are not emulated");
  const word = reader.expectWord();
  if (!reader.take("(")) return { kind: "field", path: word, alias: takeAlias(reader) };
  const name = toAggregateName(word);
  const path = reader.isNext(")") ? null : reader.expectWord();
  reader.expect(")");
  if (path === null && name !== "COUNT") reader.fail();
  return { kind: "aggregate", name, path, alias: takeAlias(reader) };
}

function toAggregateName(word: string): Aggregate["name"] {
  const name = word.toUpperCase();
  switch (name) {
    case "COUNT":
    case "COUNT_DISTINCT":
    case "MIN":
    case "MAX":
    case "SUM":
    case "AVG":
      return name;
    default:
      throw malformed(`${word}() is not emulated`);
  }
}

function takeAlias(reader: TokenReader): string | null {
  const token = reader.peek();
  if (token?.kind !== "word" || CLAUSES.has(token.text.toUpperCase()) || token.text.toUpperCase() === "FROM") return null;
  return reader.expectWord();
}

function parseGroupBy(reader: TokenReader): readonly string[] {
  if (!reader.take("GROUP")) return [];
  reader.expect("BY");
  const paths = [reader.expectWord()];
  while (reader.take(",")) paths.push(reader.expectWord());
  return paths;
}

function parseOrderBy(reader: TokenReader): readonly Ordering[] {
  if (!reader.take("ORDER")) return [];
  reader.expect("BY");
  const orderings = [parseOrdering(reader)];
  while (reader.take(",")) orderings.push(parseOrdering(reader));
  return orderings;
}

function parseOrdering(reader: TokenReader): Ordering {
  const path = reader.expectWord();
  const isDescending = reader.take("DESC");
  if (!isDescending) reader.take("ASC");
  if (!reader.take("NULLS")) return { path, isDescending, areNullsLast: false };
  const areNullsLast = reader.take("LAST");
  if (!areNullsLast) reader.expect("FIRST");
  return { path, isDescending, areNullsLast };
}

function parseCount(reader: TokenReader): number {
  const token = reader.next();
  if (token.kind !== "number" || !/^\d+$/.test(token.text)) throw malformed(`unexpected token: '${token.text}'`);
  return Number(token.text);
}
