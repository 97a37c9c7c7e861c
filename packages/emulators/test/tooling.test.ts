import { beforeEach, describe, expect, test } from "vitest";
import { applySourceFolder } from "@volenti/emulators";
import { openOrg, type Answer, type OpenOrg } from "./open-org.ts";

const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

const rule = (formula: string): string =>
  `<ValidationRule ${NAMESPACE}><fullName>Guard</fullName><active>true</active><description>Why</description><errorConditionFormula>${formula}</errorConditionFormula><errorMessage>no</errorMessage></ValidationRule>`;
const flow = (status: string, label = "Stamp"): string =>
  `<Flow ${NAMESPACE}><apiVersion>62.0</apiVersion><label>${label}</label><processType>AutoLaunchedFlow</processType><start><locationX>0</locationX><locationY>0</locationY><object>Contact</object><recordTriggerType>Update</recordTriggerType><triggerType>RecordBeforeSave</triggerType></start><status>${status}</status></Flow>`;

const FILES = new Map([
  ["objects/Contact/fields/Key__c.field-meta.xml", `<CustomField ${NAMESPACE}><fullName>Key__c</fullName><label>Key</label><type>Text</type><length>64</length><externalId>true</externalId><unique>true</unique></CustomField>`],
  ["objects/Contact/validationRules/Guard.validationRule-meta.xml", rule("ISBLANK(Key__c)")],
  ["objects/Individual/validationRules/Guard.validationRule-meta.xml", rule("ISBLANK(FirstName)")],
  ["flows/Stamp.flow-meta.xml", flow("Active")],
]);

let org: OpenOrg;
beforeEach(async () => {
  org = await openOrg();
  deploy(FILES);
});

function deploy(files: ReadonlyMap<string, string>): void {
  const { schema, permissionSets } = org.emulator.org;
  applySourceFolder({ schema, permissionSets, files });
}

function ask(soql: string): Promise<Answer> {
  return org.call({ path: `tooling/query?q=${encodeURIComponent(soql)}` });
}

function recordsIn({ body }: Answer): Record<string, unknown>[] {
  return (body as { records: Record<string, unknown>[] }).records;
}

describe("validation rules", () => {
  test("are found by name and object, with what they say", async () => {
    const answer = await ask("SELECT Id, ValidationName, Active, EntityDefinition.QualifiedApiName FROM ValidationRule WHERE EntityDefinition.QualifiedApiName = 'Contact' AND ValidationName = 'Guard'");
    expect(answer).toMatchObject({ status: 200, body: { totalSize: 1, size: 1, done: true, entityTypeName: "ValidationRule" } });
    const [found] = recordsIn(answer);
    expect(found).toMatchObject({ ValidationName: "Guard", Active: true, EntityDefinition: { QualifiedApiName: "Contact" } });
    expect(found?.["attributes"]).toEqual({ type: "ValidationRule", url: `/services/data/v62.0/tooling/sobjects/ValidationRule/${String(found?.["Id"])}` });
    const [again] = recordsIn(await ask(`SELECT Id FROM ValidationRule WHERE Id = '${String(found?.["Id"])}'`));
    expect(again?.["Id"]).toBe(found?.["Id"]);
  });

  test("show their metadata one at a time only", async () => {
    const soql = "SELECT Id, Metadata FROM ValidationRule WHERE ValidationName = 'Guard'";
    expect(await ask(soql)).toMatchObject({ status: 400, body: [{ errorCode: "MALFORMED_QUERY", message: expect.stringContaining("no more than one row for retrieval. Result size: 2") as string }] });
    const [found] = recordsIn(await ask(`${soql} AND EntityDefinitionId = 'Contact'`));
    expect(found?.["Metadata"]).toEqual({
      active: true, description: "Why", errorConditionFormula: "ISBLANK(Key__c)", errorDisplayField: null, errorMessage: "no", shouldEvaluateOnUndelete: null,
    });
  });
});

describe("flows", () => {
  test("know their active version, and a changed one is another", async () => {
    const soql = "SELECT DeveloperName, ActiveVersionId, LatestVersionId, ActiveVersion.VersionNumber FROM FlowDefinition";
    const [first] = recordsIn(await ask(soql));
    expect(first).toMatchObject({ DeveloperName: "Stamp", ActiveVersionId: first?.["LatestVersionId"], ActiveVersion: { VersionNumber: 1 } });
    deploy(new Map([["flows/Stamp.flow-meta.xml", flow("Active", "Stamp it")]]));
    const [second] = recordsIn(await ask(soql));
    expect(second).toMatchObject({ ActiveVersion: { VersionNumber: 2 } });
    expect(second?.["ActiveVersionId"]).not.toBe(first?.["ActiveVersionId"]);
    deploy(new Map([["flows/Stamp.flow-meta.xml", flow("Draft", "Stamp it")]]));
    expect(recordsIn(await ask(soql))).toMatchObject([{ ActiveVersionId: null }]);
    expect(recordsIn(await ask("SELECT Status, Definition.DeveloperName FROM Flow"))).toMatchObject([{ Status: "Draft", Definition: { DeveloperName: "Stamp" } }]);
  });

  test.each(["query", "tooling/query"])("are viewed by %s", async (resource) => {
    const soql = "SELECT ApiName, IsActive, ActiveVersionId, TriggerObjectOrEvent.QualifiedApiName FROM FlowDefinitionView WHERE ApiName = 'Stamp'";
    const answer = await org.call({ path: `${resource}?q=${encodeURIComponent(soql)}` });
    expect(recordsIn(answer)).toMatchObject([{ ApiName: "Stamp", IsActive: true, ActiveVersionId: expect.stringMatching(/^301/) as string, TriggerObjectOrEvent: { QualifiedApiName: "Contact" } }]);
  });
});

describe("fields and objects", () => {
  test("custom fields are listed although nobody sees them yet, definitions of fields are not", async () => {
    expect(recordsIn(await ask("SELECT DeveloperName, Length, Metadata FROM CustomField WHERE TableEnumOrId = 'Contact' AND DeveloperName = 'Key'"))).toMatchObject([
      { DeveloperName: "Key", Length: 64, Metadata: { type: "Text", externalId: true, unique: true, caseSensitive: null } },
    ]);
    const definition = "SELECT QualifiedApiName, DataType FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Contact' AND QualifiedApiName = 'Key__c'";
    expect(recordsIn(await ask(definition))).toEqual([]);
    const set = org.emulator.org.permissionSets.add({ name: "All", label: "All" });
    set.fieldPermissions.set("Contact.Key__c", { readable: true, editable: false });
    org.emulator.org.assignPermissionSet({ name: "All" });
    expect(recordsIn(await ask(definition))).toMatchObject([{ DataType: "Text(64) (External ID) (Unique Case Insensitive)" }]);
  });

  test("what is made up while it is asked answers few questions", async () => {
    expect(recordsIn(await ask("SELECT Id, DurableId, KeyPrefix FROM EntityDefinition WHERE QualifiedApiName = 'Contact'"))).toMatchObject([
      { Id: "000000000000000AAA", DurableId: "Contact", KeyPrefix: "003" },
    ]);
    expect(recordsIn(await ask("SELECT QualifiedApiName FROM EntityDefinition LIMIT 1")).length).toBeGreaterThan(1);
    for (const soql of [
      "SELECT DataType FROM FieldDefinition",
      "SELECT COUNT(Id) FROM EntityDefinition",
      "SELECT DurableId FROM EntityDefinition WHERE QualifiedApiName != 'Contact'",
      "SELECT DurableId FROM EntityDefinition WHERE QualifiedApiName = 'Contact' OR QualifiedApiName = 'Lead'",
    ]) {
      expect(await ask(soql)).toMatchObject({ status: 400, body: [{ errorCode: "MALFORMED_QUERY" }] });
    }
  });

  test("what the other API holds is not there", async () => {
    expect(await ask("SELECT Id FROM Contact")).toMatchObject({ status: 400, body: [{ errorCode: "INVALID_TYPE" }] });
    expect(await org.query("SELECT Id FROM ValidationRule")).toMatchObject({ status: 400, body: [{ errorCode: "INVALID_TYPE" }] });
    expect(await ask("SELECT Nope FROM ValidationRule")).toMatchObject({ status: 400, body: [{ errorCode: "INVALID_FIELD" }] });
    expect(await org.call({ path: "tooling/sobjects" })).toMatchObject({ status: 404 });
    expect(await org.call({ method: "POST", path: "tooling/query", body: {} })).toMatchObject({ status: 405 });
  });
});
