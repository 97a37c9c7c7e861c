import { describe, expect, it } from "vitest";
import { customField, openOrg, type OpenOrg } from "./open-org.ts";

const fieldNames = async ({ call }: OpenOrg, objectName: string): Promise<string[]> => {
  const { body } = await call({ path: `sobjects/${objectName}/describe` });
  return (body as { fields: { name: string }[] }).fields.map(({ name }) => name);
};

describe("field-level security", () => {
  it("hides the opt-out flags of developer orgs as if they did not exist", async () => {
    const opened = await openOrg({ developerOrgDefaults: true });
    expect(await fieldNames(opened, "Contact")).not.toContain("HasOptedOutOfEmail");
    expect(await opened.query("SELECT HasOptedOutOfEmail FROM Contact")).toMatchObject({ status: 400, body: [{ errorCode: "INVALID_FIELD" }] });
    expect(await opened.call({ method: "POST", path: "sobjects/Contact", body: { LastName: "Doe", HasOptedOutOfEmail: true } })).toMatchObject({
      status: 400,
      body: [{ errorCode: "INVALID_FIELD", message: "No such column 'HasOptedOutOfEmail' on sobject of type Contact" }],
    });
    expect(await fieldNames(await openOrg(), "Contact")).toContain("HasOptedOutOfEmail");
  });

  it("hides the parts of an address with it, and grants of permission sets do not help", async () => {
    const opened = await openOrg({ hiddenFields: ["Contact.MailingAddress"] });
    const { org } = opened.emulator;
    const set = org.permissionSets.add({ name: "Volenti", label: "Volenti" });
    set.fieldPermissions.set("Contact.MailingCity", { readable: true, editable: true });
    org.assignPermissionSet({ name: "Volenti" });
    const names = await fieldNames(opened, "Contact");
    expect(names).not.toContain("MailingCity");
    expect(names).toContain("OtherCity");
  });

  it("shows the opt-out flags of developer orgs to whom a permission set grants them", async () => {
    const opened = await openOrg({ developerOrgDefaults: true });
    const { org } = opened.emulator;
    org.permissionSets.add({ name: "Volenti", label: "Volenti" }).fieldPermissions.set("Contact.HasOptedOutOfEmail", { readable: true, editable: true });
    org.assignPermissionSet({ name: "Volenti" });
    expect(await opened.call({ method: "POST", path: "sobjects/Contact", body: { LastName: "Doe", HasOptedOutOfEmail: true } })).toMatchObject({ status: 201 });
    expect(await fieldNames(opened, "Contact")).not.toContain("DoNotCall");
  });

  it("opens custom fields by a permission set that is assigned through the API", async () => {
    const opened = await openOrg();
    const { emulator: { org }, call, query } = opened;
    org.schema.objects.get("Contact")?.fields.set("New__c", customField({ name: "New__c", type: "string", length: 10, isVisible: false }));
    org.schema.objects.get("Contact")?.fields.set("Must__c", customField({ name: "Must__c", type: "string", length: 10, isVisible: false, nillable: false }));
    const set = org.permissionSets.add({ name: "Volenti", label: "Volenti" });
    set.fieldPermissions.set("Contact.New__c", { readable: true, editable: true });
    expect(await fieldNames(opened, "Contact")).not.toContain("New__c");
    expect(await fieldNames(opened, "Contact")).toContain("Must__c");

    const found = await query("SELECT Id FROM PermissionSet WHERE Name = 'Volenti'");
    expect(found.body).toMatchObject({ records: [{ Id: set.id }] });
    const body = { AssigneeId: org.userIds.integration, PermissionSetId: set.id };
    expect(await call({ method: "POST", path: "sobjects/PermissionSetAssignment", body })).toMatchObject({ status: 201 });
    expect(await call({ method: "POST", path: "sobjects/PermissionSetAssignment", body })).toMatchObject({ status: 400, body: [{ errorCode: "DUPLICATE_VALUE" }] });
    expect(await fieldNames(opened, "Contact")).toContain("New__c");
    set.fieldPermissions.set("Contact.New__c", { readable: true, editable: false });
    expect(await call({ method: "POST", path: "sobjects/Contact", body: { LastName: "Doe", Must__c: "x", New__c: "y" } })).toMatchObject({
      status: 400,
      body: [{ errorCode: "INVALID_FIELD_FOR_INSERT_UPDATE", fields: ["New__c"] }],
    });
  });

  it("takes away what needs data protection where it is off", async () => {
    const { call, query } = await openOrg({ consentManagement: false });
    expect(await call({ path: "sobjects/Individual/describe" })).toMatchObject({ status: 404, body: [{ errorCode: "NOT_FOUND" }] });
    expect(await query("SELECT IndividualId FROM Contact")).toMatchObject({ status: 400, body: [{ errorCode: "INVALID_FIELD" }] });
    expect((await query("SELECT PreferencesConsentManagementEnabled FROM Organization")).body).toMatchObject({
      records: [{ PreferencesConsentManagementEnabled: false }],
    });
  });
});

describe("describes", () => {
  it("list objects, fields, children and record types", async () => {
    const { call } = await openOrg({ personAccounts: true });
    const all = await call({ path: "sobjects" });
    expect((all.body as { sobjects: unknown[] }).sobjects).toContainEqual(expect.objectContaining({ name: "ContactPointConsent", keyPrefix: "0ZX" }));
    const { body } = await call({ path: "sobjects/ContactPointTypeConsent/describe" });
    expect((body as { fields: unknown[] }).fields).toContainEqual(
      expect.objectContaining({ name: "PrivacyConsentStatus", nillable: false, restrictedPicklist: true, defaultValue: "NotSeen", createable: true }),
    );
    expect((await call({ path: "sobjects/Individual/describe" })).body).toMatchObject({
      childRelationships: expect.arrayContaining([expect.objectContaining({ childSObject: "Contact", field: "IndividualId", restrictedDelete: true })]),
    });
    expect((await call({ path: "sobjects/Account/describe" })).body).toMatchObject({
      recordTypeInfos: expect.arrayContaining([expect.objectContaining({ developerName: "PersonAccount" })]),
    });
  });
});

describe("person accounts", () => {
  it("are made of a last name, keep a contact behind them, and go with it", async () => {
    const { call, emulator: { org } } = await openOrg({ personAccounts: true });
    const answer = await call({
      method: "PATCH",
      path: "composite/sobjects/Account/Ref__c",
      body: { records: [{ attributes: { type: "Account" }, Ref__c: "a", FirstName: "Jo", LastName: "Doe", PersonEmail: "jo@example.com" }] },
    });
    expect(answer.body).toMatchObject([{ success: true, created: true }]);
    const [account] = org.rows("Account");
    expect(account).toMatchObject({ Name: "Jo Doe", IsPersonAccount: true });
    expect(org.rows("Contact")).toMatchObject([{ Id: account?.["PersonContactId"], Email: "jo@example.com", AccountId: account?.["Id"], IsPersonAccount: true }]);
    expect(await call({ method: "PATCH", path: `sobjects/Account/${String(account?.["Id"])}`, body: { Name: "x" } })).toMatchObject({
      status: 400,
      body: [{ errorCode: "INVALID_FIELD_FOR_INSERT_UPDATE" }],
    });
    org.remove({ objectName: "Account", id: String(account?.["Id"]) });
    expect(org.rows("Contact")).toEqual([]);
  });
});
