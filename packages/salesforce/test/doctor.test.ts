import type { ConnectionReportV1 } from "@volenti/core/adapter";
import type { SalesforceEmulatorOptions } from "@volenti/emulators";
import { describe, expect, it } from "vitest";
import { checkConnection } from "../src/doctor/check-connection.ts";
import { proveGuards } from "../src/doctor/prove-guards.ts";
import { createProvisioner } from "../src/provisioning/create-provisioner.ts";
import { CATALOGUE, openProvisioningOrg, purpose, type ProvisioningOrg } from "./support/provisioning-org.ts";

async function openProvisionedOrg(options: SalesforceEmulatorOptions = {}): Promise<ProvisioningOrg> {
  const org = await openProvisioningOrg(options);
  await createProvisioner(org.open()).apply();
  return org;
}

function messageOf(report: ConnectionReportV1, code: string): string {
  return report.findings.find((finding) => finding.code === code)?.message ?? "";
}

function troubles(report: ConnectionReportV1): string[] {
  return report.findings.filter(({ severity }) => severity !== "info").map(({ severity, code }) => `${severity} ${code}`);
}

describe("the check of an org", () => {
  it("finds nothing wrong with one that was provisioned", async () => {
    const org = await openProvisionedOrg();
    const report = await checkConnection(org.open());
    expect(troubles(report)).toEqual([]);
    expect(messageOf(report, "sandbox")).toContain("sandbox");
    expect(messageOf(report, "dailyCalls")).toMatch(/^\d+ of 100000 calls/);
    expect(messageOf(report, "stateCountryPicklists")).toContain("off");
  });

  it("names what is missing or hidden, and says what to do", async () => {
    const org = await openProvisioningOrg();
    const report = await checkConnection(org.open());
    expect(report.findings[0]).toMatchObject({ severity: "error", code: "notProvisioned" });
    expect(messageOf(report, "notProvisioned")).toContain("Missing, or hidden by field-level security");
    expect(messageOf(report, "notProvisioned")).toContain("Contact.VolentiRef__c");
    expect(messageOf(report, "notProvisioned")).toContain("volenti provision");
  });

  it("changes nothing", async () => {
    const org = await openProvisionedOrg();
    const before = org.emulator.org.dump();
    await checkConnection(org.open());
    expect(org.emulator.org.dump()).toBe(before);
  });

  it("says that refusals cannot be written where the opt-out flags are hidden", async () => {
    const org = await openProvisionedOrg();
    org.emulator.org.hideField({ objectName: "Contact", fieldName: "HasOptedOutOfEmail" });
    const report = await checkConnection(org.open());
    expect(troubles(report)).toEqual(["error optOutFlagHidden"]);
    expect(messageOf(report, "optOutFlagHidden")).toContain("Contact.HasOptedOutOfEmail");
    expect(messageOf(report, "optOutFlagHidden")).toContain("tick Edit Access");
    expect(troubles(await checkConnection(org.open({ optOutFlags: { email: null } })))).toEqual([]);
  });

  it.each([
    { name: "too short", change: { length: 20 }, code: "fieldTooShort" },
    { name: "not unique", change: { isUnique: false }, code: "notUnique" },
    { name: "no external id", change: { isExternalId: false }, code: "notExternalId" },
    { name: "read-only", change: { createable: false, updateable: false }, code: "notEditable" },
  ])("tells a key field that is $name", async ({ change, code }) => {
    const org = await openProvisionedOrg();
    Object.assign(org.emulator.org.schema.objects.get("Contact")?.fields.get("VolentiRef__c") ?? {}, change);
    const report = await checkConnection(org.open());
    expect(troubles(report)).toEqual([`error ${code}`]);
    expect(messageOf(report, code)).toContain("Contact.VolentiRef__c");
  });

  it("tells a status that consents need and the org does not list", async () => {
    const org = await openProvisionedOrg();
    const status = org.emulator.org.schema.objects.get("ContactPointTypeConsent")?.fields.get("PrivacyConsentStatus");
    status?.picklist.splice(status.picklist.indexOf("OptOut"), 1);
    const report = await checkConnection(org.open());
    expect(troubles(report)).toEqual(["error picklistValueMissing"]);
    expect(messageOf(report, "picklistValueMissing")).toContain("OptOut");
  });

  it("tells an attribute's field that is hidden, and accepts that it is not stored", async () => {
    const org = await openProvisionedOrg();
    org.emulator.org.hideField({ objectName: "Contact", fieldName: "Birthdate" });
    expect(messageOf(await checkConnection(org.open()), "profileFieldHidden")).toContain("Contact.Birthdate; birthdate cannot be stored");
    expect(troubles(await checkConnection(org.open({ fieldMap: { birthdate: null } })))).not.toContain("error profileFieldHidden");
  });

  it("says that consents are switched off in an org without data protection", async () => {
    const org = await openProvisioningOrg({ consentManagement: false });
    expect(messageOf(await checkConnection(org.open()), "privacySettingOff")).toContain("Data Protection and Privacy");
  });

  it("tells state and country picklists, and a setting that contradicts them", async () => {
    const org = await openProvisionedOrg({ addressPicklists: true });
    expect(messageOf(await checkConnection(org.open()), "stateCountryPicklists")).toContain("as codes");
    expect(troubles(await checkConnection(org.open({ addressFields: "text" })))).toEqual(["error stateCountryPicklists"]);
  });

  it("tells purposes that the org does not have, and those that it has otherwise", async () => {
    const org = await openProvisionedOrg();
    const renamed = CATALOGUE.purposes.map((entry) => (entry.key === "loyalty" ? { ...entry, label: { en: "Our club" } } : entry));
    const report = await checkConnection(org.open({}, { ...CATALOGUE, purposes: [...renamed, purpose({ key: "surveys" })] }));
    expect(troubles(report)).toEqual(["error notProvisioned", "warning catalogueChanged"]);
    expect(messageOf(report, "notProvisioned")).toContain("purpose surveys");
    expect(messageOf(report, "catalogueChanged")).toContain("purpose loyalty");
  });

  it("warns when the day's calls are used up to the reserve, and uses no more of them", async () => {
    const org = await openProvisionedOrg();
    org.emulator.faults.setDailyLimit(org.emulator.calls.total() + 5);
    const before = org.emulator.calls.total();
    const report = await checkConnection(org.open({ callReserve: 0.2 }));
    expect(troubles(report)).toEqual(["warning dailyCalls"]);
    expect(org.emulator.calls.total() - before).toBe(1);
  });

  it.each([{ kind: "htmlPage" }, { kind: "malformedJson" }] as const)("rejects an answer that is none ($kind)", async ({ kind }) => {
    const org = await openProvisionedOrg();
    org.emulator.faults.strike({ fault: { kind }, when: { pathIncludes: "/describe" } });
    await expect(checkConnection(org.open())).rejects.toMatchObject({ code: "malformedResponse" });
  });

  it("finds nothing wrong with person accounts where the org has them", async () => {
    const org = await openProvisioningOrg({ personAccounts: true });
    const recordTypeId = String(org.emulator.org.rows("RecordType").find((row) => row["IsPersonType"] === true)?.["Id"]);
    const options = { profileObject: "PersonAccount", recordTypeId } as const;
    await createProvisioner(org.open(options)).apply();
    expect(troubles(await checkConnection(org.open(options)))).toEqual([]);
    expect(troubles(await proveGuards(org.open(options)))).toEqual([]);
  });

  it("tells person accounts that the org does not have", async () => {
    const org = await openProvisioningOrg();
    const report = await checkConnection(org.open({ profileObject: "PersonAccount" }));
    expect(messageOf(report, "personAccountsOff")).toContain("no person accounts");
  });

  it("rejects when the org is down, and answers nothing from memory", async () => {
    const org = await openProvisionedOrg();
    const session = org.open();
    await checkConnection(session);
    org.emulator.faults.strike({ fault: { kind: "unavailable" } });
    await expect(checkConnection(session)).rejects.toMatchObject({ code: "unavailable" });
  });
});

describe("the proof of the guards", () => {
  it("proves each rule with a person who is gone afterwards", async () => {
    const org = await openProvisionedOrg();
    const before = org.emulator.org.dump();
    org.emulator.calls.reset();
    const report = await proveGuards(org.open());
    expect(troubles(report)).toEqual([]);
    for (const rule of ["ContactPointTypeConsent.VolentiStaleWrite", "VolentiDecision__c.VolentiImmutable", "Contact.VolentiStaleProfile", "Contact.VolentiStaleOptOut"]) {
      expect(messageOf(report, "guardProven")).toContain(rule);
    }
    expect(messageOf(report, "staffEditsProven")).not.toBe("");
    expect(org.emulator.org.dump()).toBe(before);
    expect(org.emulator.calls.total()).toBeLessThanOrEqual(6);
  });

  it.each([
    { object: "ContactPointTypeConsent", rule: "VolentiStaleWrite" },
    { object: "Contact", rule: "VolentiStaleProfile" },
    { object: "Contact", rule: "VolentiStaleOptOut" },
    { object: "VolentiDecision__c", rule: "VolentiImmutable" },
  ])("says which rule does not refuse: $rule", async ({ object, rule }) => {
    const org = await openProvisionedOrg();
    const found = org.emulator.org.schema.objects.get(object)?.validationRules.get(rule);
    if (found !== undefined) found.isActive = false;
    const report = await proveGuards(org.open());
    expect(troubles(report)).toEqual(["error guardUnproven"]);
    expect(messageOf(report, "guardUnproven")).toContain(`${object}.${rule} did not refuse`);
    expect(messageOf(report, "guardProven")).not.toContain(rule);
    expect(org.emulator.org.rows("Individual")).toEqual([]);
  });

  it("only warns where every write reads first", async () => {
    const org = await openProvisionedOrg();
    const found = org.emulator.org.schema.objects.get("ContactPointTypeConsent")?.validationRules.get("VolentiStaleWrite");
    if (found !== undefined) found.isActive = false;
    expect(troubles(await proveGuards(org.open({ staleWriteGuard: "readThenWrite" })))).toEqual(["warning guardUnproven"]);
  });

  it("says that agents' changes are not dated where the flow is off", async () => {
    const org = await openProvisionedOrg();
    for (const flow of org.emulator.org.schema.objects.get("ContactPointTypeConsent")?.beforeSaveFlows.values() ?? []) flow.isActive = false;
    expect(troubles(await proveGuards(org.open()))).toEqual(["warning staffEditsUnproven"]);
  });

  it("says that nothing is proven in an org that was not provisioned", async () => {
    const org = await openProvisioningOrg();
    const report = await proveGuards(org.open());
    expect(troubles(report)).toContain("error guardUnproven");
    expect(report.findings.filter(({ code }) => code === "guardProven")).toEqual([]);
  });

  it("tries no decision row where no log is kept", async () => {
    const org = await openProvisionedOrg();
    const report = await proveGuards(org.open({ decisionLog: false }));
    expect(messageOf(report, "guardProven")).not.toContain("VolentiImmutable");
  });
});
