import { ConnectorError } from "@volenti/core/adapter";
import { CONNECTOR_ID, type SalesforceCall } from "./salesforce-session.ts";

/**
 * The part of a call's address below the version, every segment and value encoded. Segments that an address swallows
 * (`..`, also encoded) are refused: they would name another resource.
 */
export function callAddress(call: Pick<SalesforceCall, "path" | "query" | "operation">): string {
  const { path, query = {}, operation } = call;
  if (path.some((segment) => /^(?:|\.|\.\.)$/.test(segment) || !segment.isWellFormed())) {
    throw new ConnectorError({ code: "invalidInput", connectorId: CONNECTOR_ID, operation, providerCode: "malformedPath" });
  }
  const pairs = Object.entries(query).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value.toWellFormed())}`);
  return `/${path.map(encodeURIComponent).join("/")}${pairs.length === 0 ? "" : `?${pairs.join("&")}`}`;
}
