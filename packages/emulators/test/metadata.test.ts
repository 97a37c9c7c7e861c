import { strToU8, zipSync } from "fflate";
import { beforeEach, describe, expect, test } from "vitest";
import { applySourceFolder } from "../src/salesforce/metadata/apply-source-folder.ts";
import { createDeploymentStore, type DeploymentStore } from "../src/salesforce/metadata/deployment.ts";
import { handleMetadata } from "../src/salesforce/metadata/handle-metadata.ts";
import { parseXml } from "../src/salesforce/metadata/parse-xml.ts";
import { childText, type XmlElement } from "../src/salesforce/metadata/xml-element.ts";
import { createStandardSchema } from "../src/salesforce/schema/create-standard-schema.ts";
import type { OrgSchema } from "../src/salesforce/schema/org-schema.ts";
import { createPermissionSetStore, type PermissionSetStore } from "../src/salesforce/store/permission-sets.ts";

const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const SESSION = "00D!session";

let schema: OrgSchema;
let permissionSets: PermissionSetStore;
let jobs: DeploymentStore;
beforeEach(() => {
  schema = createStandardSchema({ personAccounts: false, dataProtection: true });
  permissionSets = createPermissionSetStore({ insertRow: () => "0PS000000000001AAA" });
  jobs = createDeploymentStore();
});

function send(request: Request): Promise<Response> {
  return handleMetadata({ request, schema, permissionSets, jobs, isSession: (token) => token === SESSION, now: Date.parse("2026-11-24T00:00:00Z") });
}

async function soap(request: { body: string; session?: string }): Promise<{ status: number; root: XmlElement; text: string }> {
  const { body, session = SESSION } = request;
  const envelope = `<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Header ${NAMESPACE}><SessionHeader><sessionId>${session}</sessionId></SessionHeader></soapenv:Header><soapenv:Body ${NAMESPACE}>${body}</soapenv:Body></soapenv:Envelope>`;
  const response = await send(new Request("https://org.example/services/Soap/m/62.0", { method: "POST", body: envelope }));
  const text = await response.text();
  return { status: response.status, root: parseXml(text), text };
}

function result(root: XmlElement): XmlElement {
  return root.children[0]!.children[0]!.children[0]!;
}

interface Verdict {
  status: string;
  failures: { fullName: string; type: string; problem: string; line: string }[];
  successes: { fullName: string; created: string; changed: string }[];
}

async function deploy(request: { files: Record<string, string>; options?: Record<string, string> }): Promise<Verdict> {
  const { files, options = { rollbackOnError: "true", singlePackage: "true" } } = request;
  const zip = zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
  const wishes = Object.entries(options).map(([name, value]) => `<${name}>${value}</${name}>`).join("");
  const started = await soap({ body: `<deploy><ZipFile>${Buffer.from(zip).toString("base64")}</ZipFile><DeployOptions>${wishes}</DeployOptions></deploy>` });
  const id = childText({ element: result(started.root), name: "id" });
  expect(id).toMatch(/^0Af[0-9a-zA-Z]{15}$/);
  expect(childText({ element: result(started.root), name: "done" })).toBe("false");
  const look = async (): Promise<XmlElement> =>
    result((await soap({ body: `<checkDeployStatus><asyncProcessId>${id}</asyncProcessId><includeDetails>true</includeDetails></checkDeployStatus>` })).root);
  expect(childText({ element: await look(), name: "status" })).toBe("InProgress");
  const done = await look();
  expect(childText({ element: done, name: "done" })).toBe("true");
  const details = done.children.find(({ name }) => name === "details")!;
  const read = (name: string): XmlElement[] => details.children.filter((child) => child.name === name);
  const text = (element: XmlElement, name: string): string => childText({ element, name });
  return {
    status: text(done, "status"),
    failures: read("componentFailures").map((element) => ({
      fullName: text(element, "fullName"), type: text(element, "componentType"), problem: text(element, "problem"), line: text(element, "lineNumber"),
    })),
    successes: read("componentSuccesses").map((element) => ({ fullName: text(element, "fullName"), created: text(element, "created"), changed: text(element, "changed") })),
  };
}

function packageXml(types: Record<string, string[]>): string {
  const lists = Object.entries(types).map(([name, members]) => `<types>${members.map((member) => `<members>${member}</members>`).join("")}<name>${name}</name></types>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Package ${NAMESPACE}>${lists.join("")}<version>62.0</version></Package>`;
}

function object(parts: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<CustomObject ${NAMESPACE}>\n${parts}\n</CustomObject>`;
}

const KEY = "<fields>\n<fullName>Key__c</fullName><externalId>true</externalId><label>Key</label><length>80</length><type>Text</type><unique>true</unique>\n</fields>";
const LEDGER = `<label>Ledger</label><pluralLabel>Ledgers</pluralLabel><nameField><label>Name</label><type>Text</type></nameField><deploymentStatus>Deployed</deploymentStatus><sharingModel>Private</sharingModel>`;

function deployField(field: string): Promise<Verdict> {
  return deploy({
    files: {
      "package.xml": packageXml({ CustomField: ["Individual.Test__c"] }),
      "objects/Individual.object": object(`<fields><fullName>Test__c</fullName><label>Test</label>${field}</fields>`),
    },
  });
}

function deployRule(rule: string): Promise<Verdict> {
  return deploy({
    files: {
      "package.xml": packageXml({ ValidationRule: ["Individual.Guard"] }),
      "objects/Individual.object": object(`<validationRules><fullName>Guard</fullName><active>true</active>${rule}</validationRules>`),
    },
  });
}

describe("a deployment by SOAP", () => {
  test("does not take the source format of tools", async () => {
    const files = { "package.xml": packageXml({ PermissionSet: ["All"] }), "permissionsets/All.permissionset-meta.xml": `<PermissionSet ${NAMESPACE}><label>All</label></PermissionSet>` };
    expect((await deploy({ files })).failures.map(({ problem }) => problem)).toEqual([
      "An object 'All' of type PermissionSet was named in package.xml, but was not found in zipped directory",
    ]);
  });

  test("is asynchronous: whoever does not wait has nothing", async () => {
    const zip = zipSync({ "package.xml": strToU8(packageXml({ CustomField: ["Individual.Key__c"] })), "objects/Individual.object": strToU8(object(KEY)) });
    await soap({ body: `<deploy><ZipFile>${Buffer.from(zip).toString("base64")}</ZipFile><DeployOptions/></deploy>` });
    expect(schema.objects.get("Individual")!.fields.has("Key__c")).toBe(false);
  });

  test("puts in objects, fields, rules, flows and permission sets that need each other", async () => {
    const verdict = await deploy({
      files: {
        "package.xml": packageXml({
          CustomObject: ["Ledger__c"],
          CustomField: ["Individual.Key__c"],
          ValidationRule: ["Individual.Guard"],
          Flow: ["Stamp"],
          Layout: ["Ledger__c-Ledger Layout"],
          CustomTab: ["Ledger__c"],
          PermissionSet: ["Integration"],
        }),
        "objects/Individual.object": object(
          `${KEY}<validationRules><fullName>Guard</fullName><active>true</active><errorConditionFormula>ISBLANK(Key__c)</errorConditionFormula><errorDisplayField>Key__c</errorDisplayField><errorMessage>Key</errorMessage></validationRules>`,
        ),
        "objects/Ledger__c.object": object(
          `${LEDGER}<fields><fullName>Individual__c</fullName><label>Individual</label><type>Lookup</type><referenceTo>Individual</referenceTo><relationshipName>Ledgers</relationshipName><deleteConstraint>Restrict</deleteConstraint></fields>
          <compactLayouts><fullName>Main</fullName><fields>Name</fields><fields>Individual__c</fields><label>Main</label></compactLayouts>`,
        ),
        "flows/Stamp.flow": `<Flow ${NAMESPACE}><label>Stamp</label><processType>AutoLaunchedFlow</processType><start><locationX>0</locationX><locationY>0</locationY><filterFormula>ISBLANK({!$Record.Key__c})</filterFormula><object>Individual</object><recordTriggerType>Create</recordTriggerType><triggerType>RecordBeforeSave</triggerType></start><status>Active</status></Flow>`,
        "layouts/Ledger__c-Ledger Layout.layout": `<Layout ${NAMESPACE}><layoutSections><layoutColumns><layoutItems><behavior>Required</behavior><field>Name</field></layoutItems><layoutItems><behavior>Edit</behavior><field>Individual__c</field></layoutItems></layoutColumns></layoutSections></Layout>`,
        "tabs/Ledger__c.tab": `<CustomTab ${NAMESPACE}><customObject>true</customObject><motif>Custom1: Heart</motif></CustomTab>`,
        "permissionsets/Integration.permissionset": `<PermissionSet ${NAMESPACE}><label>Integration</label>
          <objectPermissions><allowCreate>true</allowCreate><allowDelete>false</allowDelete><allowEdit>true</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>Ledger__c</object><viewAllRecords>false</viewAllRecords></objectPermissions>
          <fieldPermissions><editable>true</editable><field>Individual.Key__c</field><readable>true</readable></fieldPermissions></PermissionSet>`,
      },
    });
    expect(verdict.failures).toEqual([]);
    expect(verdict.status).toBe("Succeeded");
    const individual = schema.objects.get("Individual")!;
    expect(individual.fields.get("Key__c")).toMatchObject({ type: "string", length: 80, isExternalId: true, isUnique: true, isIdLookup: true, isCustom: true, isVisible: false });
    expect(individual.validationRules.get("Guard")).toMatchObject({ isActive: true, errorDisplayField: "Key__c" });
    expect(individual.beforeSaveFlows.get("Stamp")).toMatchObject({ isActive: true });
    const ledger = schema.objects.get("Ledger__c")!;
    expect(ledger).toMatchObject({ isCustom: true, keyPrefix: "a00", label: "Ledger" });
    expect(ledger.fields.get("Individual__c")).toMatchObject({ type: "reference", referenceTo: ["Individual"], relationshipName: "Individual__r", deleteRule: "restrict" });
    expect(ledger.fields.has("OwnerId")).toBe(true);
    expect(permissionSets.sets.get("Integration")!.fieldPermissions.get("Individual.Key__c")).toEqual({ readable: true, editable: true });
    expect(permissionSets.sets.get("Integration")!.objectPermissions.get("Ledger__c")).toEqual({ read: true, create: true, edit: true, delete: false });
  });

  test("tells what is new, what changed and what stayed", async () => {
    const files = { "package.xml": packageXml({ CustomField: ["Individual.Key__c"] }), "objects/Individual.object": object(KEY) };
    const told = async (text: string): Promise<unknown> => {
      const verdict = await deploy({ files: { ...files, "objects/Individual.object": text } });
      return verdict.successes.find(({ fullName }) => fullName === "Individual.Key__c");
    };
    expect(await told(object(KEY))).toMatchObject({ created: "true", changed: "true" });
    expect(await told(object(KEY))).toMatchObject({ created: "false", changed: "false" });
    expect(await told(object(KEY.replace("<length>80", "<length>90")))).toMatchObject({ created: "false", changed: "true" });
  });

  const HALF = {
    "package.xml": packageXml({ CustomField: ["Individual.Key__c", "Individual.Bad__c"] }),
    "objects/Individual.object": object(`${KEY}<fields><fullName>Bad__c</fullName><label>Bad</label><type>Text</type></fields>`),
  };

  test("with rollbackOnError one problem takes back everything", async () => {
    const verdict = await deploy({ files: HALF });
    expect(verdict.status).toBe("Failed");
    expect(verdict.failures).toMatchObject([{ fullName: "Individual.Bad__c", type: "CustomField", problem: "Must specify 'length' for a CustomField of type Text" }]);
    expect(schema.objects.get("Individual")!.fields.has("Key__c")).toBe(false);
  });

  test("without rollbackOnError what is sound stays", async () => {
    const verdict = await deploy({ files: HALF, options: { rollbackOnError: "false" } });
    expect(verdict.status).toBe("SucceededPartial");
    expect([...schema.objects.get("Individual")!.fields.keys()]).toContain("Key__c");
  });

  test("with checkOnly nothing changes", async () => {
    const files = { "package.xml": packageXml({ CustomField: ["Individual.Key__c"] }), "objects/Individual.object": object(KEY) };
    expect(await deploy({ files, options: { checkOnly: "true", rollbackOnError: "true" } })).toMatchObject({ status: "Succeeded" });
    expect(schema.objects.get("Individual")!.fields.has("Key__c")).toBe(false);
  });

  test("a file that the package does not list, and one that it lists and is not there, fail", async () => {
    const verdict = await deploy({
      files: { "package.xml": packageXml({ CustomField: ["Individual.Other__c"] }), "objects/Individual.object": object(KEY) },
    });
    expect(verdict.failures.map(({ problem }) => problem)).toEqual([
      "An object 'Individual.Other__c' of type CustomField was named in package.xml, but was not found in zipped directory",
      "Not in package.xml",
    ]);
  });

  test("a package in a folder of its own is found", async () => {
    const verdict = await deploy({
      files: { "unpackaged/package.xml": packageXml({ CustomField: ["Individual.Key__c"] }), "unpackaged/objects/Individual.object": object(KEY) },
    });
    expect(verdict.status).toBe("Succeeded");
  });

  test.each([
    ["no package.xml", { "objects/Individual.object": object(KEY) }, "No package.xml found"],
    ["a broken package.xml", { "package.xml": "<Package>" }, "Error parsing file"],
    ["destructive changes", { "package.xml": packageXml({}), "destructiveChanges.xml": packageXml({}) }, "no destructive changes"],
    ["a type that is not there", { "package.xml": packageXml({ ApexClass: ["X"] }) }, "ApexClass"],
  ])("%s fails the whole", async (_what, files, problem) => {
    const verdict = await deploy({ files });
    expect(verdict.status).toBe("Failed");
    expect(verdict.failures[0]!.problem).toContain(problem);
  });

  test("a problem in a file names its line", async () => {
    const verdict = await deploy({
      files: { "package.xml": packageXml({ CustomField: ["Individual.Key__c"] }), "objects/Individual.object": object(KEY.replace("<externalId>true", "\n<externalId>maybe")) },
    });
    expect(verdict.failures[0]).toMatchObject({ problem: "Error parsing file: 'maybe' is not a valid value for the type xsd:boolean", line: "5" });
  });

  test("a session that is none is refused as a fault", async () => {
    const { status, text } = await soap({ body: "<describeMetadata/>", session: "nope" });
    expect(status).toBe(500);
    expect(text).toContain("<faultcode>sf:INVALID_SESSION_ID</faultcode>");
  });

  test("an operation that is not there is refused as a fault", async () => {
    const { status, text } = await soap({ body: "<retrieve/>" });
    expect([status, text.includes("INVALID_OPERATION")]).toEqual([500, true]);
  });

  test("options that are none are refused", async () => {
    const { text } = await soap({ body: "<deploy><ZipFile/><DeployOptions><nope>true</nope></DeployOptions></deploy>" });
    expect(text).toContain("nope");
  });
});

describe("custom fields", () => {
  const NUMBER = "<type>Number</type><precision>18</precision><scale>0</scale>";
  const LOOKUP = "<type>Lookup</type><referenceTo>Contact</referenceTo><relationshipName>Tests</relationshipName>";
  const values = (marks = ""): string =>
    `<valueSet>${marks}<valueSetDefinition><sorted>false</sorted><value><fullName>a</fullName><default>true</default><label>A</label></value><value><fullName>b</fullName><default>false</default></value></valueSetDefinition></valueSet>`;

  test.each<[string, string, Record<string, unknown>]>([
    ["a number", NUMBER, { type: "double", precision: 18, scale: 0, nillable: true }],
    ["a checkbox", "<type>Checkbox</type><defaultValue>true</defaultValue>", { type: "boolean", defaultValue: true, nillable: false }],
    ["a long text", "<type>LongTextArea</type><length>32768</length><visibleLines>5</visibleLines>", { type: "textarea", length: 32_768 }],
    ["a datetime", "<type>DateTime</type><required>false</required>", { type: "datetime" }],
    ["a required text", "<type>Text</type><length>10</length><required>true</required>", { nillable: false }],
    ["a text with a default", '<type>Text</type><length>10</length><defaultValue>"x"</defaultValue>', { defaultValue: "x" }],
    ["an open picklist", `<type>Picklist</type>${values()}`, { type: "picklist", picklist: ["a", "b"], defaultValue: "a", isRestrictedPicklist: false }],
    ["a restricted picklist", `<type>Picklist</type>${values("<restricted>true</restricted>")}`, { isRestrictedPicklist: true }],
    ["a lookup", LOOKUP, { relationshipName: "Test__r", deleteRule: "setNull", referenceTo: ["Contact"] }],
  ])("%s is made", async (_what, field, expected) => {
    expect(await deployField(field)).toMatchObject({ status: "Succeeded" });
    expect(schema.objects.get("Individual")!.fields.get("Test__c")).toMatchObject(expected);
  });

  test.each([
    ["<type>Nope</type>", "'Nope' is not a valid value for the enum 'FieldType'"],
    ["<type>Text</type>", "Must specify 'length' for a CustomField of type Text"],
    ["<type>Text</type><length>256</length>", "Value for length must be between 1 and 255"],
    ["<type>Text</type><length>ten</length>", "not a valid value for the type xsd:int"],
    ["<type>Text</type><length>10</length><length>10</length>", "Element length is duplicated at this location in type CustomField"],
    ["<type>Text</type><length>10</length><colour>red</colour>", "Element {http://soap.sforce.com/2006/04/metadata}colour invalid at this location in type CustomField"],
    ["<type>Text</type><length>10</length><precision>3</precision>", "Can not specify 'precision' for a CustomField of type Text"],
    ["<type>Text</type><length>10</length><caseSensitive>true</caseSensitive>", "caseSensitive"],
    ["<type>Number</type><precision>18</precision>", "Must specify 'scale' for a CustomField of type Number"],
    ["<type>Number</type><precision>19</precision><scale>0</scale>", "Value for precision must be between 1 and 18"],
    ["<type>Number</type><precision>2</precision><scale>3</scale>", "Scale cannot be greater than precision"],
    ["<type>Checkbox</type>", "Must specify 'defaultValue' for a CustomField of type Checkbox"],
    ["<type>Checkbox</type><defaultValue>false</defaultValue><externalId>true</externalId>", "externalId"],
    ["<type>DateTime</type><unique>true</unique>", "unique"],
    ["<type>LongTextArea</type><length>255</length><visibleLines>3</visibleLines>", "Value for length must be between 256 and 131072"],
    ["<type>LongTextArea</type><length>256</length>", "Must specify 'visibleLines'"],
    ["<type>LongTextArea</type><length>256</length><visibleLines>3</visibleLines><required>true</required>", "required"],
    ["<type>Picklist</type>", "Must specify 'valueSet' for a CustomField of type Picklist"],
    ["<type>Lookup</type><relationshipName>Tests</relationshipName>", "Must specify 'referenceTo' for a CustomField of type Lookup"],
    ["<type>Lookup</type><referenceTo>Contact</referenceTo>", "Must specify 'relationshipName' for a CustomField of type Lookup"],
    ["<type>Lookup</type><referenceTo>Nope__c</referenceTo><relationshipName>Tests</relationshipName>", "does not resolve to a valid sObject type"],
    [`${LOOKUP}<deleteConstraint>Nope</deleteConstraint>`, "'Nope' is not a valid value for the enum 'DeleteConstraint'"],
    [`${LOOKUP}<required>true</required>`, "Restrict or Cascade"],
    ["<type>MasterDetail</type><referenceTo>Contact</referenceTo><relationshipName>Tests</relationshipName>", "standard object"],
    ["<type>Text</type><length>10</length><formula>1</formula>", "This emulator has no <formula>"],
  ])("%s is refused", async (field, problem) => {
    const verdict = await deployField(field);
    expect(verdict.status).toBe("Failed");
    expect(verdict.failures[0]!.problem).toContain(problem);
  });

  test.each([
    ["of more than 40 characters", `${"a".repeat(41)}__c`],
    ["with two underscores in a row", "a__b__c"],
    ["that starts with a digit", "1a__c"],
  ])("a name %s is refused", async (_what, name) => {
    const verdict = await deploy({
      files: {
        "package.xml": packageXml({ CustomField: [`Individual.${name}`] }),
        "objects/Individual.object": object(`<fields><fullName>${name}</fullName><label>Test</label><type>DateTime</type></fields>`),
      },
    });
    expect(verdict.status).toBe("Failed");
  });

  test("two lookups cannot give their parent one child relationship", async () => {
    const lookup = (name: string): string => `<fields><fullName>${name}</fullName><label>L</label>${LOOKUP}</fields>`;
    const verdict = await deploy({
      files: {
        "package.xml": packageXml({ CustomField: ["Individual.A__c", "Individual.B__c"] }),
        "objects/Individual.object": object(lookup("A__c") + lookup("B__c")),
      },
    });
    expect(verdict.failures).toMatchObject([{ fullName: "Individual.B__c", problem: "There is already a Child Relationship named Tests on Contact." }]);
  });
});

describe("custom objects", () => {
  test.each([
    ["a label", "<label>Ledger</label>"],
    ["a pluralLabel", "<pluralLabel>Ledgers</pluralLabel>"],
    ["a nameField", "<nameField><label>Name</label><type>Text</type></nameField>"],
    ["a deploymentStatus", "<deploymentStatus>Deployed</deploymentStatus>"],
    ["a sharingModel", "<sharingModel>Private</sharingModel>"],
  ])("an object without %s is refused", async (what, part) => {
    const verdict = await deploy({
      files: { "package.xml": packageXml({ CustomObject: ["Ledger__c"] }), "objects/Ledger__c.object": object(LEDGER.replace(part, "")) },
    });
    expect(verdict.status).toBe("Failed");
    expect(verdict.failures[0]!.problem).toContain(what.slice(2));
  });
});

describe("layouts", () => {
  test("a layout that names a field that is not there is refused", async () => {
    const layout = (field: string): string =>
      `<Layout ${NAMESPACE}><layoutSections><layoutColumns><layoutItems><behavior>Edit</behavior><field>${field}</field></layoutItems></layoutColumns></layoutSections></Layout>`;
    const deployLayout = (field: string): Promise<Verdict> =>
      deploy({
        files: { "package.xml": packageXml({ Layout: ["Individual-Individual Layout"] }), "layouts/Individual-Individual Layout.layout": layout(field) },
      });
    expect((await deployLayout("Nope__c")).failures[0]!.problem).toBe("In field: field - no CustomField named Individual.Nope__c found");
    expect(await deployLayout("LastName")).toMatchObject({ status: "Succeeded" });
  });
});

describe("validation rules", () => {
  test.each([
    ["<errorConditionFormula>Nope__c = 1</errorConditionFormula><errorMessage>x</errorMessage>", "Field Nope__c does not exist. Check spelling."],
    ["<errorConditionFormula>LEN(LastName)</errorConditionFormula><errorMessage>x</errorMessage>", "incompatible with expected data type (true or false)"],
    ["<errorConditionFormula>AND(</errorConditionFormula><errorMessage>x</errorMessage>", "Syntax error"],
    [`<errorConditionFormula>TRUE</errorConditionFormula><errorMessage>${"x".repeat(256)}</errorMessage>`, "max length=255"],
    ["<errorConditionFormula>TRUE</errorConditionFormula>", "Required field is missing: errorMessage"],
    ["<errorConditionFormula>TRUE</errorConditionFormula><errorDisplayField>Nope__c</errorDisplayField><errorMessage>x</errorMessage>", "Nope__c"],
  ])("%s is refused", async (rule, problem) => {
    const verdict = await deployRule(rule);
    expect(verdict.status).toBe("Failed");
    expect(verdict.failures[0]!.problem).toContain(problem);
  });

  test("a formula may follow relationships and ask who saves", async () => {
    expect(await deployRule("<errorConditionFormula>CreatedBy.Username = $User.Id</errorConditionFormula><errorMessage>x</errorMessage>")).toMatchObject({ status: "Succeeded" });
  });
});

describe("permission sets", () => {
  const deploySet = (content: string): Promise<Verdict> =>
    deploy({
      files: {
        "package.xml": packageXml({ PermissionSet: ["Integration"] }),
        "permissionsets/Integration.permissionset": `<PermissionSet ${NAMESPACE}><label>Integration</label>${content}</PermissionSet>`,
      },
    });
  const field = (name: string, marks = "<editable>true</editable>", readable = "<readable>true</readable>"): string =>
    `<fieldPermissions>${marks}<field>${name}</field>${readable}</fieldPermissions>`;
  const grants = (changes: Record<string, boolean>): string => {
    const all = { allowCreate: false, allowDelete: false, allowEdit: false, allowRead: true, modifyAllRecords: false, viewAllRecords: false, ...changes };
    return `<objectPermissions>${Object.entries(all).map(([name, value]) => `<${name}>${value}</${name}>`).join("")}<object>Contact</object></objectPermissions>`;
  };

  test.each([
    ["a required field", field("Contact.LastName"), "You cannot deploy to a required field: Contact.LastName"],
    ["a field that is not there", field("Contact.Nope__c"), "In field: field - no CustomField named Contact.Nope__c found"],
    ["edit without read", field("Contact.Email", undefined, "<readable>false</readable>"), "editable depends on readable"],
    ["a field twice", field("Contact.Email") + field("Contact.Email"), "Duplicate"],
    ["a permission without the one it needs", grants({ allowRead: false, allowEdit: true }), "Permission Edit Contact depends on permission(s): Read Contact"],
    ["an element that is none", "<nope/>", "invalid at this location in type PermissionSet"],
  ])("%s is refused", async (_what, content, problem) => {
    const verdict = await deploySet(content);
    expect(verdict.status).toBe("Failed");
    expect(verdict.failures[0]!.problem).toContain(problem);
  });

  test("an address is granted as a whole, with its parts, and not by its parts", async () => {
    expect((await deploySet(field("Contact.MailingAddress") + field("Contact.Birthdate"))).failures).toEqual([]);
    const granted = permissionSets.sets.get("Integration")!.fieldPermissions;
    for (const name of ["MailingAddress", "MailingStreet", "MailingPostalCode", "MailingLatitude", "Birthdate"]) {
      expect(granted.get(`Contact.${name}`), name).toEqual({ readable: true, editable: true });
    }
    expect(granted.has("Contact.OtherStreet")).toBe(false);
    expect((await deploySet(field("Contact.MailingStreet"))).failures[0]!.problem).toBe("In field: field - no CustomField named Contact.MailingStreet found");
    for (const name of ["Name", "FirstName", "Salutation"]) {
      expect((await deploySet(field(`Contact.${name}`))).failures[0]!.problem).toBe(`You cannot deploy to a required field: Contact.${name}`);
    }
  });

  test("contacts are read by who reads accounts", async () => {
    expect((await deploySet(grants({}))).failures[0]!.problem).toBe("Permission Read Contact depends on permission(s): Read Account");
    expect((await deploySet(grants({}) + grants({}).replace("<object>Contact<", "<object>Account<"))).failures).toEqual([]);
  });

  test("a second deployment takes the place of the first", async () => {
    await deploySet(field("Contact.Email"));
    await deploySet(field("Contact.Phone", "<editable>false</editable>"));
    expect([...permissionSets.sets.get("Integration")!.fieldPermissions]).toEqual([["Contact.Phone", { readable: true, editable: false }]]);
  });
});

describe("a deployment by REST", () => {
  const zip = (): Uint8Array<ArrayBuffer> =>
    new Uint8Array(zipSync({ "package.xml": strToU8(packageXml({ CustomField: ["Individual.Key__c"] })), "objects/Individual.object": strToU8(object(KEY)) }));
  const url = "https://org.example/services/data/v62.0/metadata/deployRequest";
  const headers = { authorization: `Bearer ${SESSION}` };

  // The guide names the part `json`, and jsforce and the Salesforce CLI `entity_content`.
  test.each(["json", "entity_content"])("takes a multipart form with the options as %s, and is looked at until it is done", async (part) => {
    const form = new FormData();
    form.append(part, new Blob([JSON.stringify({ deployOptions: { rollbackOnError: true } })], { type: "application/json" }));
    form.append("file", new Blob([zip()], { type: "application/zip" }), "package.zip");
    const started = await send(new Request(url, { method: "POST", body: form, headers }));
    const { id } = (await started.json()) as { id: string };
    expect(started.status).toBe(201);
    const look = async (): Promise<{ deployResult: { status: string; details: { componentSuccesses: unknown[] } } }> => {
      const response = await send(new Request(`${url}/${id}?includeDetails=true`, { headers }));
      return (await response.json()) as never;
    };
    expect((await look()).deployResult.status).toBe("InProgress");
    const done = await look();
    expect(done.deployResult.status).toBe("Succeeded");
    expect(done.deployResult.details.componentSuccesses).toHaveLength(2);
    expect(schema.objects.get("Individual")!.fields.has("Key__c")).toBe(true);
  });

  test("a call without a session, or for what is not there, is refused", async () => {
    expect((await send(new Request(`${url}/0Af000000000001AAA`))).status).toBe(401);
    expect((await send(new Request(`${url}/0Af000000000001AAA`, { headers }))).status).toBe(404);
    expect((await send(new Request(url, { method: "POST", headers, body: "x" }))).status).toBe(400);
  });
});

describe("single components by SOAP", () => {
  const create = (name: string): string =>
    `<createMetadata><metadata xsi:type="CustomField"><fullName>${name}</fullName><label>Key</label><type>Text</type><length>80</length></metadata></createMetadata>`;

  test("a field is created once", async () => {
    const first = await soap({ body: create("Individual.Key__c") });
    expect(childText({ element: result(first.root), name: "success" })).toBe("true");
    const again = await soap({ body: create("Individual.Key__c") });
    expect(again.text).toContain("DUPLICATE_DEVELOPER_NAME");
    expect(schema.objects.get("Individual")!.fields.has("Key__c")).toBe(true);
  });

  test("what the org holds is listed", async () => {
    await soap({ body: create("Individual.Key__c") });
    const { text } = await soap({ body: "<listMetadata><queries><type>CustomField</type></queries></listMetadata>" });
    expect(text).toContain("<fullName>Individual.Key__c</fullName>");
  });

  test("what only has a file is listed too, and a second deployment of it changes nothing", async () => {
    const files = {
      "package.xml": packageXml({ CustomObject: ["Ledger__c"], CustomTab: ["Ledger__c"], Layout: ["Ledger__c-Main"] }),
      "objects/Ledger__c.object": object(`${LEDGER}<listViews><fullName>All</fullName><filterScope>Everything</filterScope><label>All</label></listViews>`),
      "layouts/Ledger__c-Main.layout": `<Layout ${NAMESPACE}><layoutSections><layoutColumns><layoutItems><behavior>Required</behavior><field>Name</field></layoutItems></layoutColumns></layoutSections></Layout>`,
      "tabs/Ledger__c.tab": `<CustomTab ${NAMESPACE}><customObject>true</customObject><motif>Custom1: Heart</motif></CustomTab>`,
    };
    expect((await deploy({ files })).failures).toEqual([]);
    const { text } = await soap({ body: "<listMetadata>" + ["Layout", "CustomTab", "ListView"].map((type) => `<queries><type>${type}</type></queries>`).join("") + "</listMetadata>" });
    for (const name of ["Ledger__c-Main", "Ledger__c", "Ledger__c.All"]) expect(text).toContain(`<fullName>${name}</fullName>`);
    const again = await deploy({ files });
    expect(again.successes.filter(({ fullName }) => fullName !== "package.xml").map(({ changed }) => changed)).toEqual(["false", "false", "false", "false"]);
  });

  test("what was deployed is read back, an object with its parts, and nothing for a name that is not there", async () => {
    const rule = "<validationRules><fullName>Guard</fullName><active>true</active><errorConditionFormula>LEN(Name) &lt; 2</errorConditionFormula><errorMessage>no</errorMessage></validationRules>";
    await deploy({ files: { "package.xml": packageXml({ CustomObject: ["Ledger__c"] }), "objects/Ledger__c.object": object(LEDGER + rule) } });
    const read = async (type: string, names: string[]): Promise<XmlElement[]> => {
      const { root } = await soap({ body: `<readMetadata><type>${type}</type>${names.map((name) => `<fullNames>${name}</fullNames>`).join("")}</readMetadata>` });
      return [...result(root).children];
    };
    const [whole, nothing] = await read("CustomObject", ["Ledger__c", "Nope__c"]);
    expect(whole!.attributes["xsi:type"]).toBe("CustomObject");
    expect(childText({ element: whole!, name: "fullName" })).toBe("Ledger__c");
    const part = whole!.children.find(({ name }) => name === "validationRules")!;
    expect([childText({ element: part, name: "fullName" }), childText({ element: part, name: "errorConditionFormula" })]).toEqual(["Guard", "LEN(Name) < 2"]);
    expect(nothing!.attributes["xsi:nil"]).toBe("true");
    expect((await read("ValidationRule", ["Ledger__c.Guard"])).map((element) => childText({ element, name: "fullName" }))).toEqual(["Ledger__c.Guard"]);
  });

  test("what no deployment put in cannot be read, and says so", async () => {
    const { status, text } = await soap({ body: "<readMetadata><type>CustomObject</type><fullNames>Contact</fullNames></readMetadata>" });
    expect(status).toBe(500);
    expect(text).toContain("reads only what was deployed");
  });
});

describe("a source folder", () => {
  const FOLDER: [string, string][] = [
    ["force-app/main/default/objects/Ledger__c/Ledger__c.object-meta.xml", object(LEDGER)],
    [
      "force-app/main/default/objects/Ledger__c/fields/At__c.field-meta.xml",
      `<CustomField ${NAMESPACE}><fullName>At__c</fullName><label>At</label><type>Number</type><precision>18</precision><scale>0</scale></CustomField>`,
    ],
    [
      "force-app/main/default/objects/Ledger__c/validationRules/Guard.validationRule-meta.xml",
      `<ValidationRule ${NAMESPACE}><fullName>Guard</fullName><active>true</active><errorConditionFormula>At__c &lt; PRIORVALUE(At__c)</errorConditionFormula><errorMessage>old</errorMessage></ValidationRule>`,
    ],
    [
      "force-app/main/default/permissionsets/Integration.permissionset-meta.xml",
      `<PermissionSet ${NAMESPACE}><label>Integration</label><fieldPermissions><editable>true</editable><field>Ledger__c.At__c</field><readable>true</readable></fieldPermissions></PermissionSet>`,
    ],
    ["force-app/main/default/objectTranslations/Ledger__c-fr/Ledger__c-fr.objectTranslation-meta.xml", `<CustomObjectTranslation ${NAMESPACE}/>`],
    ["sfdx-project.json", "{}"],
  ];

  test("is deployed as it lies", () => {
    applySourceFolder({ schema, permissionSets, files: new Map(FOLDER) });
    expect(schema.objects.get("Ledger__c")!.validationRules.has("Guard")).toBe(true);
    expect(permissionSets.sets.has("Integration")).toBe(true);
  });

  test("is refused whole, with every reason", () => {
    const files = new Map(FOLDER.filter(([path]) => !path.includes("At__c")));
    expect(() => applySourceFolder({ schema, permissionSets, files })).toThrow(
      expect.objectContaining({ name: "SourceFolderError", problems: [expect.stringContaining("At__c"), expect.stringContaining("Ledger__c.At__c")] }),
    );
    expect(schema.objects.has("Ledger__c")).toBe(false);
  });
});
