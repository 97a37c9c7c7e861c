import type { ConnectionFindingV1, ProvisioningStepV1 } from "@volenti/core/adapter";
import type { ObjectDescription } from "../provisioning/describe-object.ts";
import { planChannels } from "../provisioning/plan-channels.ts";
import { planNotices } from "../provisioning/plan-notices.ts";
import { planPurposes } from "../provisioning/plan-purposes.ts";
import { KEY_FIELD } from "../schema/names.ts";
import type { SalesforceSession } from "../transport/salesforce-session.ts";
import { errorFinding, nameAll, warning } from "./finding.ts";

/** Whether the purposes, channels and notices of the configuration are in the org as they should be. */
export async function checkCatalogue(request: {
  session: SalesforceSession;
  operation: string;
  descriptions: ReadonlyMap<string, ObjectDescription | null>;
}): Promise<readonly ConnectionFindingV1[]> {
  const { descriptions, ...terms } = request;
  const purposeObject = descriptions.get("DataUsePurpose") ?? null;
  // Without the key field everything would be missing, which is said already.
  if (purposeObject?.fields.has(KEY_FIELD) !== true) return [];
  const [purposes, channels, notices] = await Promise.all([
    planPurposes({ ...terms, description: purposeObject }),
    planChannels({ ...terms, description: descriptions.get("EngagementChannelType") ?? null }),
    planNotices({ ...terms, descriptions }),
  ]);
  const absent = [...purposes, ...channels].filter(({ isNew }) => isNew).map(({ step }) => step);
  const changed = [...purposes.filter(({ isNew }) => !isNew), ...notices].map(({ step }) => step);
  return [
    ...(absent.length === 0 ? [] : [errorFinding("notProvisioned", `Not in the org yet, so that their consents cannot be written: ${namesOf(absent)}. Run \`volenti provision\` with --apply.`)]),
    ...(changed.length === 0 ? [] : [warning("catalogueChanged", `Not in the org as in the configuration: ${namesOf(changed)}. Run \`volenti provision\` with --apply.`)]),
  ];
}

function namesOf(steps: readonly ProvisioningStepV1[]): string {
  return nameAll(steps.map(({ id }) => id));
}
