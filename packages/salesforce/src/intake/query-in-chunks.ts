import { queryTogether } from "../profile/query-together.ts";
import type { Soql } from "../query/soql.ts";
import type { SalesforceRow } from "../transport/salesforce-session.ts";
import { encodedLength } from "./encode-query.ts";
import type { CallTerms } from "./send-composite.ts";

/** Below the 16,384 bytes that Salesforce takes as an address, whatever it counts of a request inside a composite. */
const LONGEST_ADDRESS = 16_000;
/** What goes before the query in its address. */
const NAME = "q=";
/** A page of an answer has 2,000 rows, and a second one costs a call: far fewer values leave room for several rows of each. */
const VALUES_PER_QUERY = 400;

/**
 * Asks for many values with the fewest calls: as many values a query as its address holds, five queries a call. Rejects
 * when one of the queries is refused, so that no answer is never taken for none.
 */
export async function queryInChunks<Value>(
  request: CallTerms & { values: readonly Value[]; toSoql: (values: readonly Value[]) => Soql },
): Promise<readonly SalesforceRow[]> {
  const { values, toSoql, ...terms } = request;
  return (await queryTogether({ ...terms, queries: toQueries({ values, toSoql }), absent: "isError" })).flat();
}

/** Unlike `chunkValues`, which cuts texts for one list, this knows the whole query: a value may go into several lists of it. */
function toQueries<Value>(request: { values: readonly Value[]; toSoql: (values: readonly Value[]) => Soql }): Soql[] {
  const { values, toSoql } = request;
  const queries: Soql[] = [];
  let start = 0;
  let likely = VALUES_PER_QUERY;
  while (start < values.length) {
    const { query, size } = toFittingQuery({ toSoql, values: values.slice(start, start + likely) });
    queries.push(query);
    start += size;
    // A little more than fitted last: values differ in length.
    likely = Math.min(VALUES_PER_QUERY, Math.ceil(size * 1.1));
  }
  return queries;
}

/** The longest query for the first of the values that an address holds: cut in proportion, because encoding one costs. */
function toFittingQuery<Value>(request: { values: readonly Value[]; toSoql: (values: readonly Value[]) => Soql }): { query: Soql; size: number } {
  const { values, toSoql } = request;
  let size = values.length;
  for (;;) {
    const query = toSoql(values.slice(0, size));
    const length = encodedLength(query.text) + NAME.length;
    if (length <= LONGEST_ADDRESS || size === 1) return { query, size };
    size = Math.max(1, Math.min(size - 1, Math.floor((size * LONGEST_ADDRESS) / length)));
  }
}
