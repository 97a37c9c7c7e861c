import { ConnectorError } from "@volenti/core/adapter";
import { mapRowError } from "../error/map-row-error.ts";
import { soql } from "../query/soql.ts";
import { PERMISSION_SET } from "../schema/names.ts";
import { CONNECTOR_ID, type SalesforceSession } from "../transport/salesforce-session.ts";
import { findRunningUser } from "./find-running-user.ts";
import { queryRows } from "./query-rows.ts";

const OPERATION = "provisioning.apply";

/** Gives the permission set to the user whom we sign in as; one who has it already keeps it. */
export async function assignPermissions(session: SalesforceSession): Promise<void> {
  const [set] = await queryRows({ session, operation: OPERATION, soql: soql`SELECT Id FROM PermissionSet WHERE Name = ${PERMISSION_SET}` });
  const user = await findRunningUser({ session, operation: OPERATION });
  const setId = set?.["Id"];
  if (typeof setId !== "string" || user === null) {
    throw new ConnectorError({
      code: "forbidden",
      connectorId: CONNECTOR_ID,
      operation: OPERATION,
      providerCode: "PERMISSION_SET_UNASSIGNED",
      fieldNames: [PERMISSION_SET],
    });
  }
  const { status, body } = await session.call({
    operation: OPERATION,
    method: "POST",
    path: ["sobjects", "PermissionSetAssignment"],
    body: { AssigneeId: user, PermissionSetId: setId },
    changes: true,
    accepts: [400],
  });
  if (status < 300) return;
  const errors: readonly { errorCode?: string }[] = Array.isArray(body) ? body : [];
  if (errors.some(({ errorCode }) => errorCode === "DUPLICATE_VALUE")) return;
  throw mapRowError({ errors, operation: OPERATION });
}
