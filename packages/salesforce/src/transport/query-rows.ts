import { malformedAnswer, mapSalesforceError } from "../error/map-salesforce-error.ts";
import type { Soql } from "../query/soql.ts";
import type { SalesforceRow, SalesforceSession } from "./salesforce-session.ts";

/** Above it, address and headers of a GET come near the 16,384 bytes that Salesforce takes. */
const LONGEST_ADDRESS = 8000;
const NEXT_PAGE = /^\/services\/data\/v\d{2,3}\.0\/query(?:\/|\?queryLocator=)([A-Za-z0-9-]{1,64})$/;

interface QueryRequest {
  readonly soql: Soql;
  readonly operation: string;
  readonly isUrgent?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

type Caller = Pick<SalesforceSession, "call" | "apiVersion">;

interface Page {
  readonly rows: readonly SalesforceRow[];
  /** What the next page is asked by; null after the last. */
  readonly next: string | null;
}

/** Rows page after page; holds no more than one. Nothing is left out: a page that cannot be read rejects. */
export async function* queryRows(request: { session: Caller; query: QueryRequest; now: () => number }): AsyncGenerator<SalesforceRow> {
  const { session, query } = request;
  const isInBody = query.soql.holdsTexts || encodeURIComponent(query.soql.text).length > LONGEST_ADDRESS;
  let page = readPage({ body: isInBody ? await askInBody(request) : await ask({ session, query, locator: null }), query });
  yield* page.rows;
  while (page.next !== null) {
    page = readPage({ body: await ask({ session, query, locator: page.next }), query });
    yield* page.rows;
  }
}

async function ask(request: { session: Caller; query: QueryRequest; locator: string | null }): Promise<unknown> {
  const { session, query, locator } = request;
  const { operation, isUrgent, signal } = query;
  const { body } = await session.call({
    operation,
    method: "GET",
    path: locator === null ? ["query"] : ["query", locator],
    ...(locator === null ? { query: { q: query.soql.text } } : {}),
    changes: false,
    isUrgent,
    signal,
  });
  return body;
}

/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite.htm: queries may be subrequests. */
async function askInBody(request: { session: Caller; query: QueryRequest; now: () => number }): Promise<unknown> {
  const { session, query, now } = request;
  const { operation, isUrgent, signal } = query;
  const url = `/services/data/v${session.apiVersion()}/query?q=${encodeURIComponent(query.soql.text)}`;
  const { status, headers, body } = await session.call({
    operation,
    method: "POST",
    path: ["composite"],
    body: { allOrNone: false, collateSubrequests: false, compositeRequest: [{ method: "GET", url, referenceId: "rows" }] },
    changes: false,
    isUrgent,
    signal,
  });
  const [answer] = ((body ?? {}) as { compositeResponse?: unknown[] }).compositeResponse ?? [];
  const { httpStatusCode, body: inner } = (answer ?? {}) as { httpStatusCode?: unknown; body?: unknown };
  if (typeof httpStatusCode !== "number") throw malformedAnswer({ status, operation, changes: false });
  if (httpStatusCode < 200 || httpStatusCode > 299) {
    throw mapSalesforceError({ status: httpStatusCode, headers, body: inner, operation, changes: false, now: now() });
  }
  return inner;
}

function readPage(request: { body: unknown; query: QueryRequest }): Page {
  const { records, done, nextRecordsUrl } = (request.body ?? {}) as { records?: unknown; done?: unknown; nextRecordsUrl?: unknown };
  const next = typeof nextRecordsUrl === "string" ? NEXT_PAGE.exec(nextRecordsUrl)?.[1] : undefined;
  const isWhole = Array.isArray(records) && records.every((row) => typeof row === "object" && row !== null);
  if (!isWhole || typeof done !== "boolean" || (!done && next === undefined)) {
    throw malformedAnswer({ status: 200, operation: request.query.operation, changes: false });
  }
  return { rows: records as readonly SalesforceRow[], next: done ? null : (next ?? null) };
}
