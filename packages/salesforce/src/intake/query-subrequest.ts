import { ConnectorError } from "@volenti/core/adapter";
import { mapRowError } from "../error/map-row-error.ts";
import type { Soql } from "../query/soql.ts";
import { CONNECTOR_ID, type SalesforceRow } from "../transport/salesforce-session.ts";
import { readRowResults } from "./row-result.ts";
import type { Subrequest, SubrequestAnswer } from "./send-composite.ts";

/** A query as one of the requests of a composite call. */
export function toQuerySubrequest(request: { query: Soql; referenceId: string }): Subrequest {
  return { method: "GET", path: ["query"], query: { q: request.query.text }, referenceId: request.referenceId };
}

/** The rows of a query whose answer fits a page. A second page is not read here, and not silently left out. */
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
