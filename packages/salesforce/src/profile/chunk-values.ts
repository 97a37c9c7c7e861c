import { soql } from "../query/soql.ts";

/** Leaves room in the 15,000 characters of an address for the query around the list. */
const LONGEST_LIST = 12_000;

/** Cuts values into lists that fit one query each; every value once, in their order. */
export function chunkValues(request: { values: Iterable<string>; longestCount: number }): readonly (readonly string[])[] {
  const chunks: string[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const value of new Set(request.values)) {
    const size = encodedLength(value);
    const last = chunks.at(-1);
    if (last === undefined || length + size > LONGEST_LIST || last.length >= request.longestCount) {
      chunks.push([value]);
      length = size;
    } else {
      last.push(value);
      length += size;
    }
  }
  return chunks;
}

/** With its quotes, its escapes and a comma, in an address. */
function encodedLength(value: string): number {
  const { text } = soql`${value.toWellFormed()}`;
  const quotes = text.split("'").length - 1;
  return encodeURIComponent(text).length + 2 * quotes + "%2C".length;
}
