import { describe, expect, test } from "vitest";
import { checkFlow } from "../src/salesforce/flow/check-flow.ts";
import { parseFlow } from "../src/salesforce/flow/parse-flow.ts";
import { runBeforeSave } from "../src/salesforce/flow/run-before-save.ts";
import type { FormulaRow } from "../src/salesforce/formula/formula-row.ts";
import { parseXml } from "../src/salesforce/metadata/parse-xml.ts";
import { createStandardSchema } from "../src/salesforce/schema/create-standard-schema.ts";
import { findField, findObject } from "../src/salesforce/schema/find-object.ts";
import type { BeforeSaveFlow } from "../src/salesforce/schema/org-schema.ts";

const NOW = Date.parse("2026-11-24T10:15:30.123Z");
const schema = createStandardSchema({ personAccounts: false, dataProtection: true });
const CONSENT = findObject({ schema, name: "ContactPointTypeConsent" })!;

interface FlowParts {
  start?: string;
  trigger?: string;
  body?: string;
  status?: string;
  processType?: string;
  object?: string;
}

function flowXml(parts: FlowParts): string {
  const { start = "", trigger = "CreateAndUpdate", body = "", status = "Active", processType = "AutoLaunchedFlow", object = CONSENT.name } = parts;
  return `<?xml version="1.0" encoding="UTF-8"?>
<Flow xmlns="http://soap.sforce.com/2006/04/metadata">
  <apiVersion>62.0</apiVersion>
  <label>Stamp</label>
  <processMetadataValues><name>BuilderType</name><value><stringValue>LightningFlowBuilder</stringValue></value></processMetadataValues>
  <processType>${processType}</processType>
  ${body}
  <start>
    <locationX>0</locationX><locationY>0</locationY>
    ${start}
    <object>${object}</object>
    <recordTriggerType>${trigger}</recordTriggerType>
    <triggerType>RecordBeforeSave</triggerType>
  </start>
  <status>${status}</status>
</Flow>`;
}

function load(parts: FlowParts): BeforeSaveFlow {
  const { definition, isActive } = parseFlow(parseXml(flowXml(parts)));
  checkFlow({ definition, schema });
  return { name: "Stamp", isActive, definition };
}

function run(parts: FlowParts & { values?: Record<string, unknown>; prior?: Record<string, unknown> }): Record<string, unknown> {
  const { values = {}, prior } = parts;
  const row: FormulaRow = {
    isNew: prior === undefined,
    read: (path) => (path === "$User.Id" ? "005000000000001AAA" : (values[path] ?? null)),
    readPrior: (path) => prior?.[path] ?? null,
    fieldType: (path) => findField({ object: CONSENT, name: path })?.type,
  };
  return runBeforeSave({ flow: load(parts), row, now: NOW });
}

const GO = "<connector><targetReference>Set</targetReference></connector>";

function setting(items: string): string {
  return `<assignments><name>Set</name><label>Set</label><locationX>1</locationX><locationY>1</locationY>${items}</assignments>`;
}

function item(request: { field: string; value: string; operator?: string }): string {
  const { field, value, operator = "Assign" } = request;
  return `<assignmentItems><assignToReference>${field}</assignToReference><operator>${operator}</operator><value>${value}</value></assignmentItems>`;
}

const SOURCE_CRM = setting(item({ field: "$Record.CaptureSource", value: "<stringValue>crm</stringValue>" }));

describe("when a flow runs", () => {
  test("an active flow without conditions always runs", () => {
    expect(run({ start: GO, body: SOURCE_CRM })).toEqual({ CaptureSource: "crm" });
  });

  test.each(["Draft", "Obsolete", "InvalidDraft"])("a flow that is %s never runs", (status) => {
    expect(run({ start: GO, body: SOURCE_CRM, status })).toEqual({});
  });

  test("the trigger says whether creations or updates start it", () => {
    expect(run({ start: GO, body: SOURCE_CRM, trigger: "Update" })).toEqual({});
    expect(run({ start: GO, body: SOURCE_CRM, trigger: "Update", prior: {} })).toEqual({ CaptureSource: "crm" });
    expect(run({ start: GO, body: SOURCE_CRM, trigger: "Create", prior: {} })).toEqual({});
  });

  test("a filter formula decides", () => {
    const start = `${GO}<filterFormula>AND(NOT(ISNEW()), ISCHANGED({!$Record.PrivacyConsentStatus}))</filterFormula>`;
    const changed = { values: { PrivacyConsentStatus: "OptOut" }, prior: { PrivacyConsentStatus: "OptIn" } };
    expect(run({ start, body: SOURCE_CRM, ...changed })).toEqual({ CaptureSource: "crm" });
    expect(run({ start, body: SOURCE_CRM, values: changed.prior, prior: changed.prior })).toEqual({});
    expect(run({ start, body: SOURCE_CRM, values: changed.values })).toEqual({});
  });

  test("filters go together as their logic says", () => {
    const filters = `<filterLogic>1 AND (2 OR NOT 3)</filterLogic>
      <filters><field>Name</field><operator>StartsWith</operator><value><stringValue>a</stringValue></value></filters>
      <filters><field>CaptureSource</field><operator>IsNull</operator><value><booleanValue>false</booleanValue></value></filters>
      <filters><field>PrivacyConsentStatus</field><operator>EqualTo</operator><value><stringValue>OptIn</stringValue></value></filters>`;
    const start = `${GO}${filters}`;
    expect(run({ start, body: SOURCE_CRM, values: { Name: "abc", PrivacyConsentStatus: "OptOut" } })).toEqual({ CaptureSource: "crm" });
    expect(run({ start, body: SOURCE_CRM, values: { Name: "abc", PrivacyConsentStatus: "OptIn" } })).toEqual({});
    expect(run({ start, body: SOURCE_CRM, values: { Name: "xyz", PrivacyConsentStatus: "OptOut" } })).toEqual({});
  });

  test("a flow for what comes to meet its conditions leaves alone what met them before", () => {
    const start = `${GO}<doesRequireRecordChangedToMeetCriteria>true</doesRequireRecordChangedToMeetCriteria><filterLogic>and</filterLogic>
      <filters><field>PrivacyConsentStatus</field><operator>EqualTo</operator><value><stringValue>OptOut</stringValue></value></filters>`;
    const values = { PrivacyConsentStatus: "OptOut" };
    expect(run({ start, body: SOURCE_CRM, values })).toEqual({ CaptureSource: "crm" });
    expect(run({ start, body: SOURCE_CRM, values, prior: { PrivacyConsentStatus: "OptIn" } })).toEqual({ CaptureSource: "crm" });
    expect(run({ start, body: SOURCE_CRM, values, prior: values })).toEqual({});
  });
});

describe("what a flow does", () => {
  test("formulas, constants and variables give values, and what is assigned is seen by what follows", () => {
    const body = `
      <constants><name>Prefix</name><dataType>String</dataType><value><stringValue>staff:</stringValue></value></constants>
      <variables><name>Count</name><dataType>Number</dataType><isCollection>false</isCollection><isInput>false</isInput><isOutput>false</isOutput><scale>0</scale><value><numberValue>1.0</numberValue></value></variables>
      <formulas><name>Millis</name><dataType>Number</dataType><expression>({!$Flow.CurrentDateTime} - DATETIMEVALUE(&quot;1970-01-01 00:00:00&quot;)) * 86400000</expression><scale>0</scale></formulas>
      <formulas><name>Label</name><dataType>String</dataType><expression>{!Prefix} &amp; TEXT({!Millis}) &amp; {!$Record.Name} &amp; TEXT({!Count})</expression></formulas>
      ${setting(
        item({ field: "$Record.Name", value: "<stringValue>n</stringValue>" }) +
          item({ field: "Count", operator: "Add", value: "<numberValue>2</numberValue>" }) +
          item({ field: "$Record.CaptureSource", value: "<elementReference>Label</elementReference>" }) +
          item({ field: "$Record.CaptureDate", value: "<elementReference>$Flow.CurrentDateTime</elementReference>" }) +
          item({ field: "$Record.EffectiveTo", value: "<elementReference>$Record.EffectiveFrom</elementReference>" }),
      )}`;
    expect(run({ start: GO, body })).toEqual({
      Name: "n",
      CaptureSource: `staff:${NOW}n3`,
      CaptureDate: "2026-11-24T10:15:30.123+0000",
      EffectiveTo: null,
    });
  });

  test("a decision takes the first outcome that holds, else its default", () => {
    const body = `
      <decisions><name>Which</name><label>Which</label><locationX>1</locationX><locationY>1</locationY>
        <defaultConnector><targetReference>Set</targetReference></defaultConnector><defaultConnectorLabel>Default</defaultConnectorLabel>
        <rules><name>Refused</name><conditionLogic>and</conditionLogic>
          <conditions><leftValueReference>$Record.PrivacyConsentStatus</leftValueReference><operator>EqualTo</operator><rightValue><stringValue>OptOut</stringValue></rightValue></conditions>
          <conditions><leftValueReference>$Record__Prior.PrivacyConsentStatus</leftValueReference><operator>NotEqualTo</operator><rightValue><elementReference>$Record.PrivacyConsentStatus</elementReference></rightValue></conditions>
          <connector><targetReference>Update</targetReference></connector><label>Refused</label></rules>
      </decisions>
      <recordUpdates><name>Update</name><label>Update</label><locationX>1</locationX><locationY>1</locationY>
        <inputAssignments><field>CaptureSource</field><value><stringValue>refused</stringValue></value></inputAssignments><inputReference>$Record</inputReference></recordUpdates>
      ${SOURCE_CRM}`;
    const start = "<connector><targetReference>Which</targetReference></connector>";
    expect(run({ start, body, values: { PrivacyConsentStatus: "OptOut" } })).toEqual({ CaptureSource: "refused" });
    expect(run({ start, body, values: { PrivacyConsentStatus: "OptIn" } })).toEqual({ CaptureSource: "crm" });
    expect(run({ start, body, values: { PrivacyConsentStatus: "OptOut" }, prior: { PrivacyConsentStatus: "OptOut" } })).toEqual({ CaptureSource: "crm" });
  });

  test("IsChanged looks at the record before the save", () => {
    const body = `
      <decisions><name>Which</name><label>Which</label><locationX>1</locationX><locationY>1</locationY>
        <rules><name>Changed</name><conditionLogic>and</conditionLogic>
          <conditions><leftValueReference>$Record.Name</leftValueReference><operator>IsChanged</operator><rightValue><booleanValue>true</booleanValue></rightValue></conditions>
          ${GO}<label>Changed</label></rules>
      </decisions>${SOURCE_CRM}`;
    const start = "<connector><targetReference>Which</targetReference></connector>";
    expect(run({ start, body, values: { Name: "b" }, prior: { Name: "a" } })).toEqual({ CaptureSource: "crm" });
    expect(run({ start, body, values: { Name: "a" }, prior: { Name: "a" } })).toEqual({});
    expect(run({ start, body, values: { Name: "a" } })).toEqual({});
  });

  test("a flow that goes round in circles fails", () => {
    const body = SOURCE_CRM.replace("</assignments>", `${GO}</assignments>`);
    expect(() => run({ start: GO, body })).toThrow("cannot go on");
  });
});

describe("what is refused at deployment", () => {
  const assigning = (request: { field: string; value?: string }): FlowParts => ({
    start: GO,
    body: setting(item({ field: request.field, value: request.value ?? "<stringValue>x</stringValue>" })),
  });

  test.each<[string, FlowParts, string]>([
    ["an unknown object", { object: "Nope__c" }, 'The object "Nope__c" can\'t be found'],
    ["an unknown field", assigning({ field: "$Record.Nope__c" }), 'The field "Nope__c" for the object "ContactPointTypeConsent" doesn\'t exist.'],
    ["a field nobody may write", assigning({ field: "$Record.CreatedDate" }), "isn't writable"],
    ["an unknown resource", assigning({ field: "$Record.Name", value: "<elementReference>Nope</elementReference>" }), 'invalid reference to "Nope"'],
    ["an unknown element", { start: GO }, 'invalid reference to "Set"'],
    ["a formula that does not fit", { start: `<filterFormula>{!$Record.Nope__c} = 1</filterFormula>` }, "The formula expression is invalid: Field $Record.Nope__c does not exist. Check spelling."],
    ["a formula that is no condition", { start: `<filterFormula>1 + 1</filterFormula>` }, "incompatible with expected data type (true or false)"],
    ["a picklist as a text", { start: `<filterFormula>{!$Record.PrivacyConsentStatus} = "OptIn"</filterFormula>` }, "picklist field"],
    ["a logic that names no condition", { start: `<filterLogic>1 AND 2</filterLogic><filters><field>Name</field><operator>IsNull</operator><value><booleanValue>true</booleanValue></value></filters>` }, "condition logic"],
    ["another trigger", { trigger: "Delete" }, "record trigger type"],
    ["another kind of flow", { processType: "Flow" }, "process type"],
    ["an element that is no flow's", { body: "<nope>1</nope>" }, "Element {http://soap.sforce.com/2006/04/metadata}nope invalid at this location in type Flow"],
    ["an element that the emulator does not run", { body: "<recordLookups/>" }, "This emulator has no <recordLookups>"],
    ["two elements of one name", { start: GO, body: SOURCE_CRM + SOURCE_CRM }, "Duplicate API name: Set"],
  ])("%s", (_what, parts, message) => {
    expect(() => load(parts)).toThrow(message);
  });
});
