import { soql } from "../query/soql.ts";
import { PERMISSION_SET } from "../schema/names.ts";
import type { SalesforceRow, SalesforceSession } from "../transport/salesforce-session.ts";
import { queryIfSeen } from "./query-rows.ts";
import { textOf } from "./text-of.ts";

/** What describes do not tell of an org: its rules and flows, and which state of the additions was deployed. */
export interface AutomationState {
  /** Full names of our active rules (`Contact.VolentiStaleProfile`); null where the org does not let this user ask. */
  readonly activeRules: ReadonlySet<string> | null;
  /** Names of our flows that have an active version; null likewise. */
  readonly activeFlows: ReadonlySet<string> | null;
  /** `unknown`: this user may not look. */
  readonly permissionSet: "present" | "absent" | "unknown";
  /** `other`: an older state, or one of other settings. `unknown`: its description is not to be seen, or says nothing. */
  readonly revision: "current" | "other" | "unknown";
}

const RULES = soql`SELECT ValidationName, Active, EntityDefinition.QualifiedApiName FROM ValidationRule WHERE Active = true`;
const FLOWS = soql`SELECT DeveloperName, ActiveVersionId FROM FlowDefinition WHERE ActiveVersionId != null`;

export async function inspectAutomation(request: {
  session: SalesforceSession;
  revision: string;
  operation: string;
}): Promise<AutomationState> {
  const { session, revision, operation } = request;
  const [rules, flows, sets] = await Promise.all([
    queryTooling({ session, query: RULES.text, operation }),
    queryTooling({ session, query: FLOWS.text, operation }),
    findPermissionSets({ session, operation }),
  ]);
  return {
    activeRules: rules === null ? null : new Set(rules.map((row) => `${objectOf(row)}.${textOf(row, "ValidationName")}`)),
    activeFlows: flows === null ? null : new Set(flows.map((row) => textOf(row, "DeveloperName"))),
    permissionSet: sets === null ? "unknown" : sets.length > 0 ? "present" : "absent",
    revision: compareRevision({ description: textOf(sets?.[0], "Description"), revision }),
  };
}

/** The revision is in the description of the permission set, which is deployed together with the rules and flows. */
async function findPermissionSets(request: { session: SalesforceSession; operation: string }): Promise<readonly SalesforceRow[] | null> {
  const described = await queryIfSeen({ ...request, soql: soql`SELECT Id, Name, Description FROM PermissionSet WHERE Name = ${PERMISSION_SET}` });
  return described ?? queryIfSeen({ ...request, soql: soql`SELECT Id, Name FROM PermissionSet WHERE Name = ${PERMISSION_SET}` });
}

/**
 * The Tooling API knows rules and flows. Where it does not answer this user, null: then nobody knows without a probe.
 * https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_validationrule.htm
 */
async function queryTooling(request: { session: SalesforceSession; query: string; operation: string }): Promise<readonly SalesforceRow[] | null> {
  const { session, query, operation } = request;
  const { status, body } = await session.call({
    operation,
    method: "GET",
    path: ["tooling", "query"],
    query: { q: query },
    changes: false,
    accepts: [400, 403, 404, 405, 501],
  });
  const { records, done } = (body ?? {}) as { records?: unknown; done?: unknown };
  // A second page would hide a rule: an org with that many is asked by the probe alone.
  return status < 300 && Array.isArray(records) && done === true ? (records as SalesforceRow[]) : null;
}

function compareRevision(request: { description: string; revision: string }): AutomationState["revision"] {
  const { description, revision } = request;
  const deployed = /\bRevision [0-9a-f]{8}\b/.exec(description)?.[0];
  if (deployed === undefined) return "unknown";
  return deployed === revision ? "current" : "other";
}

function objectOf(row: SalesforceRow): string {
  const definition = row["EntityDefinition"];
  return typeof definition === "object" && definition !== null ? textOf(definition as SalesforceRow, "QualifiedApiName") : "";
}
