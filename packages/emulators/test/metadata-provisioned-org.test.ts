import { beforeEach, expect, test } from "vitest";
import { applySourceFolder, createSalesforceEmulator, RowRefusedError, type SalesforceEmulator } from "@volenti/emulators";

const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const NOW = Date.parse("2026-11-24T10:15:30.123Z");
const OBJECT = "objects/ContactPointTypeConsent";

/** A guard against stale writes, and a flow that stamps what staff change: as an adapter would provision them. */
const FILES = new Map([
  [`${OBJECT}/fields/Key__c.field-meta.xml`, field("Key__c", "<type>Text</type><length>80</length><externalId>true</externalId><unique>true</unique>")],
  [`${OBJECT}/fields/DecisionId__c.field-meta.xml`, field("DecisionId__c", "<type>Text</type><length>36</length>")],
  [`${OBJECT}/fields/EffectiveAt__c.field-meta.xml`, field("EffectiveAt__c", "<type>Number</type><precision>18</precision><scale>0</scale>")],
  [
    `${OBJECT}/validationRules/Stale.validationRule-meta.xml`,
    `<ValidationRule ${NAMESPACE}><fullName>Stale</fullName><active>true</active>
      <errorConditionFormula>AND(
        NOT(ISNEW()),
        DecisionId__c &lt;&gt; PRIORVALUE(DecisionId__c),
        OR(
          EffectiveAt__c &lt; PRIORVALUE(EffectiveAt__c),
          AND(EffectiveAt__c = PRIORVALUE(EffectiveAt__c), ISPICKVAL(PrivacyConsentStatus, "OptIn"))
        )
      )</errorConditionFormula>
      <errorMessage>stale</errorMessage></ValidationRule>`,
  ],
  [
    "flows/Stamp_Staff.flow-meta.xml",
    `<Flow ${NAMESPACE}><apiVersion>62.0</apiVersion><label>Stamp staff</label><processType>AutoLaunchedFlow</processType>
      <assignments><name>Stamp</name><label>Stamp</label><locationX>0</locationX><locationY>0</locationY>
        <assignmentItems><assignToReference>$Record.EffectiveAt__c</assignToReference><operator>Assign</operator><value><elementReference>Millis</elementReference></value></assignmentItems>
        <assignmentItems><assignToReference>$Record.DecisionId__c</assignToReference><operator>Assign</operator><value><elementReference>Mark</elementReference></value></assignmentItems>
      </assignments>
      <formulas><name>Millis</name><dataType>Number</dataType><expression>({!$Flow.CurrentDateTime} - DATETIMEVALUE("1970-01-01 00:00:00")) * 86400000</expression><scale>0</scale></formulas>
      <formulas><name>Mark</name><dataType>String</dataType><expression>"staff " &amp; {!$User.Id}</expression></formulas>
      <start><locationX>0</locationX><locationY>0</locationY><connector><targetReference>Stamp</targetReference></connector>
        <filterFormula>AND(NOT(ISNEW()), ISCHANGED({!$Record.PrivacyConsentStatus}), NOT(ISCHANGED({!$Record.DecisionId__c})))</filterFormula>
        <object>ContactPointTypeConsent</object><recordTriggerType>CreateAndUpdate</recordTriggerType><triggerType>RecordBeforeSave</triggerType></start>
      <status>Active</status></Flow>`,
  ],
  [
    "permissionsets/Integration.permissionset-meta.xml",
    `<PermissionSet ${NAMESPACE}><label>Integration</label>${["Key__c", "DecisionId__c", "EffectiveAt__c"]
      .map((name) => `<fieldPermissions><editable>true</editable><field>ContactPointTypeConsent.${name}</field><readable>true</readable></fieldPermissions>`)
      .join("")}</PermissionSet>`,
  ],
]);

function field(name: string, type: string): string {
  return `<CustomField ${NAMESPACE}><fullName>${name}</fullName><label>${name.slice(0, -3)}</label>${type}</CustomField>`;
}

let emulator: SalesforceEmulator;
let partyId: string;
beforeEach(() => {
  emulator = createSalesforceEmulator({ now: () => NOW });
  const { schema, permissionSets } = emulator.org;
  applySourceFolder({ schema, permissionSets, files: FILES });
  partyId = emulator.org.insert({ objectName: "Individual", values: { LastName: "Exemple" } });
});

function insert(values: Record<string, unknown>): string {
  return emulator.org.insert({
    objectName: "ContactPointTypeConsent",
    values: { Name: "n", PartyId: partyId, PrivacyConsentStatus: "OptOut", DecisionId__c: "d1", EffectiveAt__c: 1000, ...values },
  });
}

function update(id: string, values: Record<string, unknown>): void {
  emulator.org.update({ objectName: "ContactPointTypeConsent", id, values, as: "agent" });
}

function stored(): Record<string, unknown> {
  return emulator.org.rows("ContactPointTypeConsent")[0]!;
}

test.each<[string, Record<string, unknown>, boolean]>([
  ["an older decision", { DecisionId__c: "d2", EffectiveAt__c: 999, PrivacyConsentStatus: "OptOut" }, false],
  ["a grant of the same moment", { DecisionId__c: "d2", EffectiveAt__c: 1000, PrivacyConsentStatus: "OptIn" }, false],
  ["a refusal of the same moment", { DecisionId__c: "d2", EffectiveAt__c: 1000, PrivacyConsentStatus: "OptOut" }, true],
  ["the same decision again", { DecisionId__c: "d1", EffectiveAt__c: 1000, PrivacyConsentStatus: "OptOut" }, true],
  ["a later grant", { DecisionId__c: "d2", EffectiveAt__c: 1001, PrivacyConsentStatus: "OptIn" }, true],
])("a deployed validation rule judges %s", (_what, values, isTaken) => {
  const id = insert({});
  if (isTaken) update(id, values);
  else expect(() => update(id, values)).toThrow(RowRefusedError);
  expect(stored()).toMatchObject(isTaken ? values : { DecisionId__c: "d1", EffectiveAt__c: 1000 });
});

test("a deployed flow stamps what staff change, to the millisecond, before the rule looks", () => {
  const id = insert({});
  update(id, { PrivacyConsentStatus: "OptIn" });
  expect(stored()).toMatchObject({ PrivacyConsentStatus: "OptIn", EffectiveAt__c: NOW, DecisionId__c: `staff ${emulator.org.userIds.agent}` });
});

test("deployed fields are hidden from the integration user until the permission set is assigned", async () => {
  const body = new URLSearchParams({ grant_type: "client_credentials", client_id: emulator.credentials.clientId, client_secret: emulator.credentials.clientSecret });
  const token = await emulator.handle(new Request("https://org.example/services/oauth2/token", { method: "POST", body }));
  const { access_token: session } = (await token.json()) as { access_token: string };
  const describeFields = async (): Promise<string[]> => {
    const url = "https://org.example/services/data/v62.0/sobjects/ContactPointTypeConsent/describe";
    const response = await emulator.handle(new Request(url, { headers: { authorization: `Bearer ${session}` } }));
    return ((await response.json()) as { fields: { name: string }[] }).fields.map(({ name }) => name);
  };
  expect(await describeFields()).not.toContain("Key__c");
  emulator.org.assignPermissionSet({ name: "Integration" });
  expect(await describeFields()).toContain("Key__c");
});
