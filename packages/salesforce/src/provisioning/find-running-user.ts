import { ConnectorError } from "@volenti/core/adapter";
import { soql } from "../query/soql.ts";
import type { SalesforceSession } from "../transport/salesforce-session.ts";
import { queryRows } from "./query-rows.ts";

const USER = /^005[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/;

/**
 * The id of the user whom we sign in as; null where the org does not say. The resources of a version name the identity
 * address, which ends in it. An org that leaves it out is asked who made a row of ours.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_discoveryresource.htm
 */
export async function findRunningUser(request: { session: SalesforceSession; operation: string }): Promise<string | null> {
  const { session, operation } = request;
  const { body } = await session.call({ operation, method: "GET", path: [], changes: false });
  const identity = typeof body === "object" && body !== null ? (body as { identity?: unknown }).identity : undefined;
  const last = typeof identity === "string" ? (identity.split("/").at(-1) ?? "") : "";
  return USER.test(last) ? last : askByRow(request);
}

/** A purpose of no meaning is made, and removed again once it told who made it. */
async function askByRow(request: { session: SalesforceSession; operation: string }): Promise<string | null> {
  const { session, operation } = request;
  const { body } = await session.call({
    operation,
    method: "POST",
    path: ["sobjects", "DataUsePurpose"],
    body: { Name: "Volenti probe, removed at once" },
    changes: true,
    // Who may not make purposes yet is not told by one.
    accepts: [400, 403, 404],
  });
  const id = typeof body === "object" && body !== null ? (body as { id?: unknown }).id : undefined;
  if (typeof id !== "string") return null;
  try {
    const [row] = await queryRows({ session, operation, soql: soql`SELECT CreatedById FROM DataUsePurpose WHERE Id = ${id}` });
    const creator = row?.["CreatedById"];
    return typeof creator === "string" && USER.test(creator) ? creator : null;
  } finally {
    await removeProbe({ session, operation, id });
  }
}

async function removeProbe(request: { session: SalesforceSession; operation: string; id: string }): Promise<void> {
  const { session, operation, id } = request;
  try {
    await session.call({ operation, method: "DELETE", path: ["sobjects", "DataUsePurpose", id], changes: true, accepts: [404] });
  } catch (error) {
    // The user may make purposes and not delete them; what is left says in its name that it may go.
    if (!ConnectorError.isInstance(error) || error.code === "unavailable") throw error;
  }
}
