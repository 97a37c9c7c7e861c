import { ConnectorError } from "@volenti/core/adapter";
import { mapRowError } from "../error/map-row-error.ts";
import type { Soql } from "../query/soql.ts";
import { CONNECTOR_ID, type SalesforceRow } from "../transport/salesforce-session.ts";
import { encodeQuery } from "./encode-query.ts";
import { readRowResults } from "./row-result.ts";
import { sendComposite, type CallTerms, type Subrequest, type SubrequestAnswer } from "./send-composite.ts";

/** Below the 16,384 bytes that Salesforce takes as an address, whatever it counts of a request inside a composite. */
const LONGEST_ADDRESS = 16_000;
/** A page of an answer has 2,000 rows: far fewer values leave room for several rows of each. */
const VALUES_PER_QUERY = 400;
const QUERIES_PER_CALL = 5;

/**
 * Asks for many values with the fewest calls: as many values a query as its address holds, five queries a call. Rejects
 * when one of the queries is refused, so that no answer is never taken for none.
 */
export async function queryInChunks<Value>(
  request: CallTerms & { values: readonly Value[]; toSoql: (values: readonly Value[]) => Soql },
): Promise<readonly SalesforceRow[]> {
  const queries = toQueries(request);
  const rows: SalesforceRow[] = [];
  for (let start = 0; start < queries.length; start += QUERIES_PER_CALL) {
    const subrequests = queries.slice(start, start + QUERIES_PER_CALL).map((query, index) => toQuerySubrequest({ query, referenceId: `query${index}` }));
    const answers = await sendComposite({ ...request, subrequests, changes: false });
    for (const answer of answers) rows.push(...readQueryRows({ answer, operation: request.operation }));
  }
  return rows;
}

export function toQuerySubrequest(request: { query: Soql; referenceId: string }): Subrequest {
  return { method: "GET", path: ["query"], query: { q: request.query.text }, referenceId: request.referenceId };
}

/** The rows of one query inside a composite. A second page is never expected there, and not silently left out. */
export function readQueryRows(request: { answer: SubrequestAnswer; operation: string }): readonly SalesforceRow[] {
  const { answer, operation } = request;
  if (answer.status >= 300) {
    const [refused] = readRowResults({ status: answer.status, body: answer.body, count: 1 });
    throw mapRowError({ errors: refused?.isWritten === false ? refused.errors : [], operation });
  }
  const { records, done } = (answer.body ?? {}) as { records?: unknown; done?: unknown };
  if (Array.isArray(records) && done === true) return records as SalesforceRow[];
  throw new ConnectorError({ code: "malformedResponse", connectorId: CONNECTOR_ID, operation, providerCode: "queryIncomplete" });
}

function toQueries<Value>(request: { values: readonly Value[]; toSoql: (values: readonly Value[]) => Soql }): Soql[] {
  const { values, toSoql } = request;
  const queries: Soql[] = [];
  let start = 0;
  while (start < values.length) {
    let size = Math.min(VALUES_PER_QUERY, values.length - start);
    let query = toSoql(values.slice(start, start + size));
    while (size > 1 && encodedLength(query) > LONGEST_ADDRESS) {
      size = Math.max(1, Math.floor(size * 0.97));
      query = toSoql(values.slice(start, start + size));
    }
    queries.push(query);
    start += size;
  }
  return queries;
}

function encodedLength(query: Soql): number {
  return encodeQuery({ q: query.text }).length;
}
