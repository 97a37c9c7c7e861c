import { ConnectorError } from "@volenti/core/adapter";
import { mapRowError } from "../error/map-row-error.ts";
import { toQuerySubrequest } from "../intake/query-subrequest.ts";
import { readRowResults } from "../intake/row-result.ts";
import { sendComposite, type CallTerms, type SubrequestAnswer } from "../intake/send-composite.ts";
import type { Soql } from "../query/soql.ts";
import { CONNECTOR_ID, type SalesforceRow } from "../transport/salesforce-session.ts";

/** What a composite call carries of queries. */
const QUERIES_PER_CALL = 5;
/** An org without the object or the feature, or a user who may not see either: nothing of it can be read. */
const ABSENT = new Set(["INVALID_TYPE", "INVALID_FIELD", "NOT_FOUND"]);

/**
 * The rows of each query, in their order, five queries a call, further pages included. Null, where `absent` allows it,
 * for a query of an object or a field that this user does not see; else that rejects, as every other refusal does.
 */
export async function queryTogether(
  request: CallTerms & { queries: readonly Soql[]; absent: "isError" },
): Promise<readonly (readonly SalesforceRow[])[]>;
export async function queryTogether(
  request: CallTerms & { queries: readonly Soql[]; absent: "isNull" },
): Promise<readonly (readonly SalesforceRow[] | null)[]>;
export async function queryTogether(
  request: CallTerms & { queries: readonly Soql[]; absent: "isError" | "isNull" },
): Promise<readonly (readonly SalesforceRow[] | null)[]> {
  const { queries, absent, ...terms } = request;
  const answered: (readonly SalesforceRow[] | null)[] = [];
  for (let start = 0; start < queries.length; start += QUERIES_PER_CALL) {
    const subrequests = queries
      .slice(start, start + QUERIES_PER_CALL)
      .map((query, index) => toQuerySubrequest({ query, referenceId: `query${index}` }));
    const answers = await sendComposite({ ...terms, subrequests, changes: false });
    for (const answer of answers) answered.push(await readQueryAnswer({ terms, answer, absent }));
  }
  return answered;
}

/** The rows of one query of a composite call, further pages included; null as in {@link queryTogether}. */
export async function readQueryAnswer(request: {
  terms: CallTerms;
  answer: SubrequestAnswer;
  absent: "isError" | "isNull";
}): Promise<readonly SalesforceRow[] | null> {
  const { terms, answer, absent } = request;
  if (answer.status < 300) return readPages({ terms, body: answer.body });
  const [refused] = readRowResults({ status: answer.status, body: answer.body, count: 1 });
  const errors = refused?.isWritten === false ? refused.errors : [];
  if (absent === "isNull" && errors.some(({ errorCode }) => ABSENT.has(String(errorCode)))) return null;
  throw mapRowError({ errors, operation: terms.operation });
}

async function readPages(request: { terms: CallTerms; body: unknown }): Promise<readonly SalesforceRow[]> {
  const { session, ...rest } = request.terms;
  const rows: SalesforceRow[] = [];
  let page = readPage({ body: request.body, operation: rest.operation });
  rows.push(...page.records);
  while (page.locator !== null) {
    const answer = await session.call({ ...rest, method: "GET", path: ["query", page.locator], changes: false });
    page = readPage({ body: answer.body, operation: rest.operation });
    rows.push(...page.records);
  }
  return rows;
}

function readPage(request: { body: unknown; operation: string }): { records: readonly SalesforceRow[]; locator: string | null } {
  const { records, done, nextRecordsUrl } = (request.body ?? {}) as { records?: unknown; done?: unknown; nextRecordsUrl?: unknown };
  const locator = typeof nextRecordsUrl === "string" ? (nextRecordsUrl.split("/").at(-1) ?? "") : "";
  if (Array.isArray(records) && (done === true || locator !== "")) return { records: records as SalesforceRow[], locator: done === true ? null : locator };
  throw new ConnectorError({ code: "malformedResponse", connectorId: CONNECTOR_ID, operation: request.operation, providerCode: "queryIncomplete" });
}
