import type { ConnectionFindingV1 } from "@volenti/core/adapter";
import { queryIfSeen } from "../provisioning/query-rows.ts";
import { soql } from "../query/soql.ts";
import type { SalesforceSession } from "../transport/salesforce-session.ts";
import { errorFinding, info, warning } from "./finding.ts";

/** The consent statuses that wait for a confirmation are known from here on. */
const LOWEST_API_VERSION = 58;

/** Which org this is, and whether what consents need is switched on in it. */
export async function checkOrganization(request: { session: SalesforceSession; operation: string }): Promise<readonly ConnectionFindingV1[]> {
  const { session } = request;
  const seen = await queryIfSeen({ ...request, soql: soql`SELECT IsSandbox, PreferencesConsentManagementEnabled FROM Organization` });
  const rows = seen ?? (await queryIfSeen({ ...request, soql: soql`SELECT IsSandbox FROM Organization` })) ?? [];
  const [organization] = rows;
  return [...tellVersion(session), ...tellKind(organization?.["IsSandbox"]), ...tellPrivacy(organization?.["PreferencesConsentManagementEnabled"])];
}

function tellVersion(session: SalesforceSession): ConnectionFindingV1[] {
  const version = session.apiVersion();
  if (Number(version) >= LOWEST_API_VERSION) return [info("apiVersion", `Calls use version ${version} of the API.`)];
  return [errorFinding("apiVersion", `Version ${version} of the API is too old: set apiVersion to 62.0, or at least ${LOWEST_API_VERSION}.0.`)];
}

function tellKind(isSandbox: unknown): ConnectionFindingV1[] {
  if (typeof isSandbox !== "boolean") return [warning("orgKind", "The user may not read Organization: it cannot be told whether this is a sandbox or production.")];
  return [isSandbox ? info("sandbox", "This is a sandbox.") : info("production", "This is a production or developer org, not a sandbox.")];
}

function tellPrivacy(isOn: unknown): ConnectionFindingV1[] {
  if (isOn !== false) return [];
  return [
    errorFinding(
      "privacySettingOff",
      "Consent records are switched off: Setup → Data Protection and Privacy → Edit → tick “Make data protection details available in records” → Save.",
    ),
  ];
}
