import type { ConnectionFindingV1, ConnectionReportV1 } from "@volenti/core/adapter";
import { inspectOrg } from "../provisioning/inspect-org.ts";
import type { SalesforceSession } from "../transport/salesforce-session.ts";
import { checkAdditions } from "./check-additions.ts";
import { checkCatalogue } from "./check-catalogue.ts";
import { checkConsentFields } from "./check-consent-fields.ts";
import { checkLimits } from "./check-limits.ts";
import { checkOrganization } from "./check-organization.ts";
import { checkProfileFields } from "./check-profile-fields.ts";

const SEVERITIES: readonly ConnectionFindingV1["severity"][] = ["error", "warning", "info"];

/** Reaches the org, and says in an administrator's words what will go wrong; errors first. Changes nothing. */
export async function checkConnection(session: SalesforceSession): Promise<ConnectionReportV1> {
  const operation = "checkConnection";
  const { settings } = session;
  const budget = await checkLimits({ session, operation });
  if (budget.isReserved) return { findings: [budget.finding] };
  const [organization, inspection] = await Promise.all([
    checkOrganization({ session, operation }),
    inspectOrg({ session, operation }),
  ]);
  const { descriptions } = inspection;
  const profile = descriptions.get(settings.profile.objectName) ?? null;
  const catalogue = await checkCatalogue({ session, operation, descriptions });
  const findings = [
    ...organization,
    ...checkAdditions({ inspection, decisionLog: settings.decisionLog }),
    ...(profile === null ? [] : checkProfileFields({ session, description: profile })),
    ...checkConsentFields({ session, operation, descriptions }),
    ...catalogue,
    budget.finding,
  ];
  return { findings: findings.toSorted((left, right) => SEVERITIES.indexOf(left.severity) - SEVERITIES.indexOf(right.severity)) };
}
