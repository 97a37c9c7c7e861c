import type { ProvisioningFacetV1, ProvisioningStepV1 } from "@volenti/core/adapter";
import { PERMISSION_SET } from "../schema/names.ts";
import { renderComponent } from "../schema/xml/source-folder.ts";
import type { MetadataComponent } from "../schema/xml/component.ts";
import type { SalesforceSession } from "../transport/salesforce-session.ts";
import { assignPermissions } from "./assign-permissions.ts";
import type { CatalogueRow } from "./catalogue-row.ts";
import { deployComponents } from "./deploy-components.ts";
import { unseenFields } from "./find-missing-components.ts";
import { inspectOrg, type OrgInspection } from "./inspect-org.ts";
import { planChannels } from "./plan-channels.ts";
import { planNotices, type NoticePlan } from "./plan-notices.ts";
import { planPurposes } from "./plan-purposes.ts";
import { writeCatalogueRows, writeNotices } from "./write-catalogue.ts";

/** Says what the org lacks, and adds it when asked: metadata first, then the permissions, then purposes, channels and notices. */
export function createProvisioner(session: SalesforceSession): ProvisioningFacetV1 {
  return {
    plan: () => planAll(session),
    apply: () => applyAll(session),
  };
}

async function planAll(session: SalesforceSession): Promise<readonly ProvisioningStepV1[]> {
  const operation = "provisioning.plan";
  const inspection = await inspectOrg({ session, operation });
  const { rows, notices } = await planRows({ session, operation, inspection });
  return [...metadataSteps(inspection), ...rows.map(({ step }) => step), ...notices.map(({ step }) => step)];
}

async function applyAll(session: SalesforceSession): Promise<readonly ProvisioningStepV1[]> {
  const operation = "provisioning.apply";
  const before = await inspectOrg({ session, operation });
  await deployComponents({ session, model: before.model, components: before.missing });
  const deployed = before.missing.length > 0 ? await inspectOrg({ session, operation }) : before;
  // Whom an administrator lets see all fields has no need of the assignment.
  const isAssigned = needsAssignment(deployed);
  if (isAssigned) await assignPermissions(session);
  const inspection = isAssigned ? await inspectOrg({ session, operation }) : deployed;
  const { rows, notices } = await planRows({ session, operation, inspection });
  await writeCatalogueRows({ session, rows });
  await writeNotices({ session, notices });
  return [
    ...before.missing.map((component) => toStep(component)),
    ...(isAssigned ? [ASSIGNMENT] : []),
    ...rows.map(({ step }) => step),
    ...notices.map(({ step }) => step),
  ];
}

async function planRows(request: {
  session: SalesforceSession;
  operation: string;
  inspection: OrgInspection;
}): Promise<{ rows: readonly CatalogueRow[]; notices: readonly NoticePlan[] }> {
  const { session, operation, inspection } = request;
  const { descriptions } = inspection;
  const [purposes, channels, notices] = await Promise.all([
    planPurposes({ session, operation, description: descriptions.get("DataUsePurpose") ?? null }),
    planChannels({ session, operation, description: descriptions.get("EngagementChannelType") ?? null }),
    planNotices({ session, operation, descriptions }),
  ]);
  return { rows: [...purposes, ...channels], notices };
}

function metadataSteps(inspection: OrgInspection): ProvisioningStepV1[] {
  return [...inspection.missing.map((component) => toStep(component)), ...(needsAssignment(inspection) ? [ASSIGNMENT] : [])];
}

function toStep(component: MetadataComponent): ProvisioningStepV1 {
  const { type, fullName, title } = component;
  return { id: `${type} ${fullName}`, title: `Deploy: ${title}`, statement: renderComponent(component) };
}

/** Whoever sees every field of ours, by this permission set or another way, lacks nothing. */
function needsAssignment(inspection: OrgInspection): boolean {
  return unseenFields(inspection).length > 0;
}

const ASSIGNMENT: ProvisioningStepV1 = {
  id: `PermissionSetAssignment ${PERMISSION_SET}`,
  title: `Assign the permission set ${PERMISSION_SET} to the user that Volenti signs in as`,
  statement: `Setup → Permission Sets → ${PERMISSION_SET} → Manage Assignments → Add Assignment`,
};
