import { describe, expect, it } from "vitest";
import { checkConnection } from "../src/doctor/check-connection.ts";
import { createProvisioner } from "../src/provisioning/create-provisioner.ts";
import { standardOrgModel } from "../src/schema/build-org-model.ts";
import { revisionOf } from "../src/schema/xml/list-components.ts";
import type { SalesforceSession } from "../src/transport/salesforce-session.ts";
import { openProvisioningOrg, type ProvisioningOrg } from "./support/provisioning-org.ts";

const REVISION = revisionOf(standardOrgModel("Contact"));

/** An org that tells the description of its permission sets, as a real one does. */
async function openTellingOrg(): Promise<ProvisioningOrg & { describeSet: (description: string) => void; unassign: () => void }> {
  const org = await openProvisioningOrg();
  await createProvisioner(org.open()).apply();
  const { schema, permissionSets, userIds, update, rows } = org.emulator.org;
  const sets = schema.objects.get("PermissionSet");
  const label = sets?.fields.get("Label");
  if (label !== undefined) sets?.fields.set("Description", { ...label, name: "Description", nillable: true, length: 255 });
  return {
    ...org,
    describeSet: (Description) => update({ objectName: "PermissionSet", id: String(rows("PermissionSet")[0]?.["Id"]), values: { Description } }),
    unassign: () => {
      for (const assignment of permissionSets.assignments) if (assignment.startsWith(userIds.integration)) permissionSets.assignments.delete(assignment);
    },
  };
}

/** A session whose org answers the Tooling API with these rules and flows. */
function withTooling(request: { session: SalesforceSession; rules: readonly string[]; flows: readonly string[] }): SalesforceSession {
  const { session, rules, flows } = request;
  return {
    ...session,
    call: (call) => {
      if (call.path[0] !== "tooling") return session.call(call);
      const records = (call.query?.["q"] ?? "").includes("FROM ValidationRule")
        ? rules.map((name) => ({ ValidationName: name.split(".")[1], EntityDefinition: { QualifiedApiName: name.split(".")[0] } }))
        : flows.map((name) => ({ DeveloperName: name }));
      return Promise.resolve({ status: 200, headers: {}, body: { done: true, records } });
    },
  };
}

const RULES = [
  "Individual.VolentiRealPerson", "Contact.VolentiStaleProfile", "Contact.VolentiStaleOptOut", "Contact.VolentiRealPerson",
  "ContactPointTypeConsent.VolentiStaleWrite", "VolentiDecision__c.VolentiImmutable",
];
const FLOWS = ["VolentiConsentStaffEdits", "VolentiContactStaffEdits"];

describe("the revision in the permission set's description", () => {
  it("tells hidden fields from missing ones: nothing but the permissions lack", async () => {
    const org = await openTellingOrg();
    org.describeSet(`For Volenti. ${REVISION}`);
    org.unassign();
    const ids = (await createProvisioner(org.open()).plan()).map(({ id }) => id).filter((id) => /^[A-Z]/.test(id));
    expect(ids).toEqual(["PermissionSet VolentiIntegration", "PermissionSetAssignment VolentiIntegration"]);
    const [finding] = (await checkConnection(org.open())).findings;
    expect(finding?.message).toContain("Hidden from the user");
    expect(finding?.message).toContain("Manage Assignments");
  });

  it("of another state has rules and flows deployed anew, and the fields left alone", async () => {
    const org = await openTellingOrg();
    org.describeSet("For Volenti. Revision 00000000");
    const ids = (await createProvisioner(org.open()).plan()).map(({ id }) => id);
    expect(ids).toEqual([...RULES.map((name) => `ValidationRule ${name}`), ...FLOWS.map((name) => `Flow ${name}`), "PermissionSet VolentiIntegration"]);
    const { findings } = await checkConnection(org.open());
    expect(findings.map(({ code }) => code)).toContain("additionsOutdated");
  });
});

describe("an org that answers the Tooling API", () => {
  it("lacks nothing when all rules and flows are active", async () => {
    const org = await openTellingOrg();
    expect(await createProvisioner(withTooling({ session: org.open(), rules: RULES, flows: FLOWS })).plan()).toEqual([]);
  });

  it("is told to have a rule or a flow deployed again that was switched off", async () => {
    const org = await openTellingOrg();
    const session = withTooling({ session: org.open(), rules: RULES.filter((name) => !name.endsWith("VolentiStaleWrite")), flows: FLOWS.slice(1) });
    const ids = (await createProvisioner(session).plan()).map(({ id }) => id);
    expect(ids).toEqual(["ValidationRule ContactPointTypeConsent.VolentiStaleWrite", "Flow VolentiConsentStaffEdits"]);
    const { findings } = await checkConnection(session);
    expect(findings.filter(({ severity }) => severity !== "info").map(({ severity, code }) => `${severity} ${code}`)).toEqual(["error ruleInactive", "warning flowInactive"]);
  });
});
