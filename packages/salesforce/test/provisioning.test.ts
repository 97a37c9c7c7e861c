import { ConnectorError, webCrypto } from "@volenti/core/adapter";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { digestKeys } from "../src/mapping/row-keys.ts";
import { createProvisioner } from "../src/provisioning/create-provisioner.ts";
import { CATALOGUE, notice, openProvisioningOrg, purpose } from "./support/provisioning-org.ts";

describe("provisioning a fresh org", () => {
  it("adds all that the plan named, and then nothing lacks", async () => {
    const org = await openProvisioningOrg();
    const provisioner = createProvisioner(org.open());
    const plan = await provisioner.plan();
    const applied = await provisioner.apply();
    expect(applied.map(({ id }) => id)).toEqual(plan.map(({ id }) => id));
    expect(await provisioner.plan()).toEqual([]);
    expect(await provisioner.apply()).toEqual([]);
    expect(await createProvisioner(org.open()).plan()).toEqual([]);
  });

  it("changes nothing before it is asked to", async () => {
    const org = await openProvisioningOrg();
    const before = org.emulator.org.dump();
    await createProvisioner(org.open()).plan();
    expect(org.emulator.org.dump()).toBe(before);
    expect(org.emulator.org.schema.objects.has("VolentiDecision__c")).toBe(false);
  });

  it("shows an administrator what would be deployed, assigned and written", async () => {
    const org = await openProvisioningOrg();
    const plan = await createProvisioner(org.open()).plan();
    const shown = new Map(plan.map(({ id, statement }) => [id, statement ?? ""] as const));
    expect(shown.get("CustomField Contact.VolentiRef__c")).toContain("<unique>true</unique>");
    expect(shown.get("ValidationRule ContactPointTypeConsent.VolentiStaleWrite")).toContain("VOLENTI_SUPERSEDED");
    expect(shown.get("PermissionSetAssignment VolentiIntegration")).toContain("Manage Assignments");
    expect(shown.get("purpose marketing.email")).toContain("About marketing.email");
    expect(shown.get("notice signup@3")).toContain("signup 3 fr-FR");
  });

  it("leaves no probe behind where the org does not say who signs in", async () => {
    const org = await openProvisioningOrg();
    await createProvisioner(org.open()).apply();
    expect(org.emulator.org.dump({ withRecycleBin: false })).not.toContain("probe");
  });
});

describe("an org that tells less", () => {
  it("lacks nothing after the deployment, also where permission sets are not to be asked for", async () => {
    const org = await openProvisioningOrg();
    await createProvisioner(org.open()).apply();
    org.emulator.org.schema.objects.delete("PermissionSet");
    expect(await createProvisioner(org.open()).plan()).toEqual([]);
  });

  it("needs no assignment where the deployed fields are seen already", async () => {
    const org = await openProvisioningOrg();
    const session = org.open();
    const showAll: typeof session.deploy = async (request) => {
      const report = await session.deploy(request);
      for (const object of org.emulator.org.schema.objects.values()) for (const field of object.fields.values()) field.isVisible = true;
      const [set] = org.emulator.org.permissionSets.sets.values();
      if (set !== undefined) org.emulator.org.assignPermissionSet({ name: set.name });
      return report;
    };
    const applied = await createProvisioner({ ...session, deploy: showAll }).apply();
    expect(applied.map(({ id }) => id)).not.toContain("PermissionSetAssignment VolentiIntegration");
  });

  it("is not asked by a row who signs in, where it says so itself", async () => {
    const org = await openProvisioningOrg();
    const session = org.open();
    const identity = `https://login.example/id/${org.emulator.org.organizationId}/${org.emulator.org.userIds.integration}`;
    const paths: string[] = [];
    const telling: typeof session.call = async (call) => {
      paths.push(`${call.method} ${call.path.join("/")}`);
      return call.path.length === 0 ? { status: 200, headers: {}, body: { identity } } : session.call(call);
    };
    await createProvisioner({ ...session, call: telling }).apply();
    expect(paths).toContain("POST sobjects/PermissionSetAssignment");
    expect(paths).not.toContain("POST sobjects/DataUsePurpose");
    expect(await createProvisioner(session).plan()).toEqual([]);
  });
});

describe("the catalogue in the org", () => {
  it("has the current purposes under the keys that consents are written with", async () => {
    const org = await openProvisioningOrg();
    await createProvisioner(org.open()).apply();
    const [key] = await digestKeys({ crypto: webCrypto, sources: [["purpose", "brand", "marketing.email"]] });
    const rows = org.emulator.org.rows("DataUsePurpose");
    expect(new Set(rows.map((row) => row["Name"]))).toEqual(new Set(["About loyalty", "About marketing.email", "About marketing.mobile"]));
    const email = rows.find((row) => row["VolentiKey__c"] === key);
    expect(email).toMatchObject({ Name: "About marketing.email", CanDataSubjectOptOut: true });
    expect(email?.["Description"]).toContain("version 2");
    expect(rows.find((row) => row["Name"] === "About loyalty")).toMatchObject({ CanDataSubjectOptOut: false });
  });

  it("has a channel type for SMS and none for what Salesforce knows itself", async () => {
    const org = await openProvisioningOrg();
    await createProvisioner(org.open()).apply();
    const [key] = await digestKeys({ crypto: webCrypto, sources: [["channel", "brand", "sms"]] });
    expect(org.emulator.org.rows("EngagementChannelType").map((row) => [row["Name"], row["VolentiKey__c"]])).toEqual([["sms", key]]);
  });

  it("has a form a notice, with a text a locale and a link to each purpose", async () => {
    const org = await openProvisioningOrg();
    await createProvisioner(org.open()).apply();
    const [form, ...others] = org.emulator.org.rows("AuthorizationForm");
    expect(others).toEqual([]);
    expect(form).toMatchObject({ Name: "signup 3", RevisionNumber: "3" });
    const texts = org.emulator.org.rows("AuthorizationFormText");
    expect(new Set(texts.map((row) => row["Name"]))).toEqual(new Set(["signup 3 en-GB", "signup 3 fr-FR"]));
    expect(texts.every((row) => row["AuthorizationFormId"] === form?.["Id"])).toBe(true);
    expect(texts[0]).toMatchObject({ FullAuthorizationFormUrl: "https://example.com/privacy" });
    expect(org.emulator.org.rows("AuthorizationFormDataUse")).toHaveLength(2);
  });

  it("is brought in step when the configuration changes, and otherwise left alone", async () => {
    const org = await openProvisioningOrg();
    await createProvisioner(org.open()).apply();
    const changed = {
      purposes: [...CATALOGUE.purposes.filter(({ key }) => key !== "loyalty"), purpose({ key: "loyalty", label: { en: "Our club" } }), purpose({ key: "surveys" })],
      notices: [...CATALOGUE.notices, notice({ id: "signup", version: "3", locale: "de-DE", purposes: ["surveys"] })],
    };
    const provisioner = createProvisioner(org.open({}, changed));
    expect((await provisioner.apply()).map(({ id }) => id)).toEqual(["purpose loyalty", "purpose surveys", "notice signup@3"]);
    expect(org.emulator.org.rows("DataUsePurpose")).toHaveLength(4);
    expect(org.emulator.org.rows("AuthorizationForm")).toHaveLength(1);
    expect(org.emulator.org.rows("AuthorizationFormText")).toHaveLength(3);
    expect(await provisioner.plan()).toEqual([]);
  });

  it("does not hold half a text: what is too long is left to its link", async () => {
    const org = await openProvisioningOrg();
    const long = notice({ id: "long", version: "2026-11-24-revised", firstLayer: "x".repeat(300) });
    await createProvisioner(org.open({}, { purposes: [], notices: [long] })).apply();
    expect(org.emulator.org.rows("AuthorizationForm")[0]).toMatchObject({ Name: "long 2026-11-24-revised", RevisionNumber: null });
    expect(org.emulator.org.rows("AuthorizationFormText")[0]).toMatchObject({ SummaryAuthFormText: null });
  });
});

describe("provisioning an org that has a part already", () => {
  it("only assigns the permission set and deploys nothing twice where force-app was deployed", async () => {
    const org = await openProvisioningOrg();
    await createProvisioner(org.open()).apply();
    const { userIds, permissionSets } = org.emulator.org;
    const [set] = permissionSets.sets.values();
    permissionSets.assignments.delete(`${userIds.integration}:${set?.id}`);
    const provisioner = createProvisioner(org.open());
    expect((await provisioner.plan()).map(({ id }) => id)).toContain("PermissionSetAssignment VolentiIntegration");
    await provisioner.apply();
    expect(await provisioner.plan()).toEqual([]);
  });

  it("adds the stamp of an attribute that the brand maps, and the rule and flow that know it", async () => {
    const org = await openProvisioningOrg();
    await createProvisioner(org.open()).apply();
    const provisioner = createProvisioner(org.open({ fieldMap: { shoeSize: "Department" } }));
    const ids = (await provisioner.apply()).map(({ id }) => id);
    expect(ids).toContain("CustomField Contact.VolentiShoeSizeAt__c");
    expect(ids).toContain("ValidationRule Contact.VolentiStaleProfile");
    expect(ids).toContain("Flow VolentiContactStaffEdits");
    expect(ids.filter((id) => id.startsWith("CustomField"))).toHaveLength(1);
    expect(await provisioner.plan()).toEqual([]);
  });

  it("can race with itself", async () => {
    const org = await openProvisioningOrg();
    await Promise.all([createProvisioner(org.open()).apply(), createProvisioner(org.open()).apply()]);
    expect(await createProvisioner(org.open()).plan()).toEqual([]);
    expect(org.emulator.org.rows("DataUsePurpose")).toHaveLength(3);
    expect(org.emulator.org.rows("PermissionSetAssignment")).toHaveLength(1);
  });

  it("touches no customer", async () => {
    const org = await openProvisioningOrg();
    org.emulator.org.insert({ objectName: "Contact", values: { LastName: "Example", Email: "somebody@example.com" } });
    const before = org.emulator.org.rows("Contact").map(({ LastName, Email, SystemModstamp }) => ({ LastName, Email, SystemModstamp }));
    await createProvisioner(org.open()).apply();
    expect(org.emulator.org.rows("Contact").map(({ LastName, Email, SystemModstamp }) => ({ LastName, Email, SystemModstamp }))).toEqual(before);
  });

  it("serves person accounts on Account", async () => {
    const org = await openProvisioningOrg({ personAccounts: true });
    const provisioner = createProvisioner(org.open({ profileObject: "PersonAccount" }));
    await provisioner.apply();
    expect(await provisioner.plan()).toEqual([]);
    expect(org.emulator.org.schema.objects.get("Account")?.fields.has("VolentiEmailAt__c")).toBe(true);
    expect(org.emulator.org.schema.objects.get("Contact")?.fields.has("VolentiEmailAt__c")).toBe(false);
  });
});

describe("a deployment that the org refuses", () => {
  it("rejects with the names of what was refused, and leaves nothing half done", async () => {
    const org = await openProvisioningOrg();
    const session = org.open();
    const refused = { component: "Contact.VolentiStaleProfile", type: "ValidationRule", problem: "anything" };
    const provisioner = createProvisioner({ ...session, deploy: () => Promise.resolve({ status: "Failed", failures: [refused] }) });
    const error: unknown = await provisioner.apply().catch((reason: unknown) => reason);
    expect(ConnectorError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ code: "rejectedByProvider", providerCode: "DEPLOYMENT_FAILED", fieldNames: ["Contact.VolentiStaleProfile"] });
    expect(JSON.stringify(error)).not.toContain("anything");
    expect(org.emulator.org.rows("DataUsePurpose")).toEqual([]);
  });

  it("goes out again with our own permissions alone where the org does not know a standard field", async () => {
    const org = await openProvisioningOrg();
    const session = org.open();
    const granted: string[] = [];
    const deploy: typeof session.deploy = async (request) => {
      granted.push(strFromU8(unzipSync(request.zip)["permissionsets/VolentiIntegration.permissionset"] ?? new Uint8Array()));
      if (granted.length > 1) return session.deploy(request);
      return { status: "Failed", failures: [{ component: "VolentiIntegration", type: "PermissionSet", problem: "no CustomField found" }] };
    };
    await createProvisioner({ ...session, deploy }).apply();
    expect(granted).toHaveLength(2);
    expect(granted[0]).toContain("Contact.HasOptedOutOfEmail");
    expect(granted[1]).not.toContain("Contact.HasOptedOutOfEmail");
    expect(granted[1]).toContain("Contact.VolentiRef__c");
    expect(await createProvisioner(org.open()).plan()).toEqual([]);
  });
});
