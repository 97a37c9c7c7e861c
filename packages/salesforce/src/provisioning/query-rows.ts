import { ConnectorError } from "@volenti/core/adapter";
import type { Soql } from "../query/soql.ts";
import type { SalesforceRow, SalesforceSession } from "../transport/salesforce-session.ts";

interface QueryTerms {
  readonly session: SalesforceSession;
  readonly soql: Soql;
  readonly operation: string;
}

/** All rows of a query that has few. */
export async function queryRows(request: QueryTerms): Promise<readonly SalesforceRow[]> {
  const { session, soql, operation } = request;
  const rows: SalesforceRow[] = [];
  for await (const row of session.query({ soql, operation })) rows.push(row);
  return rows;
}

/** What this user cannot see, or this org does not have, is no reason to fail where it is only good to know. */
const UNSEEN: ReadonlySet<string> = new Set(["INVALID_TYPE", "INVALID_FIELD", "NOT_FOUND", "MALFORMED_QUERY", "INSUFFICIENT_ACCESS", "API_CURRENTLY_DISABLED"]);

/** The same; null where the org does not let this user ask. */
export async function queryIfSeen(request: QueryTerms): Promise<readonly SalesforceRow[] | null> {
  try {
    return await queryRows(request);
  } catch (error) {
    if (ConnectorError.isInstance(error) && isUnseen(error)) return null;
    throw error;
  }
}

/** Whether an error says no more than that something is not there for this user. */
export function isUnseen(error: ConnectorError): boolean {
  return error.code === "forbidden" || error.httpStatus === 404 || (error.providerCode !== undefined && UNSEEN.has(error.providerCode));
}
