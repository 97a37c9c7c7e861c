import { strToU8, zipSync } from "fflate";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { applySourceFolder, readSourceFolder } from "@volenti/emulators";
import { idIn, logIn, openOrg, ORIGIN, type OpenOrg } from "./open-org.ts";

const FOLDER = fileURLToPath(new URL("../../salesforce/force-app", import.meta.url));
const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const PARTS: Readonly<Record<string, readonly [type: string, element: string]>> = {
  field: ["CustomField", "fields"], validationRule: ["ValidationRule", "validationRules"], listView: ["ListView", "listViews"],
};
const TYPES: Readonly<Record<string, string>> = { object: "CustomObject", flow: "Flow", layout: "Layout", permissionset: "PermissionSet", tab: "CustomTab" };
const FILES = readSourceFolder(FOLDER);

let org: OpenOrg;
beforeEach(async () => {
  org = await openOrg({ minimumAccess: true, developerOrgDefaults: true });
});

/** The folder in the Metadata API's own format, as tools convert it before they deploy. */
function toPackage(): Record<string, string> {
  const members: string[] = [];
  const objects = new Map<string, string>();
  const files: Record<string, string> = {};
  for (const [path, text] of FILES) {
    const [, name = "", suffix = ""] = /([^/]+)\.([A-Za-z]+)-meta\.xml$/.exec(path) ?? [];
    const content = text.replace(/^<\?xml.*\?>\s*/, "").replace(/^<\w+ [^>]*>/, "").replace(/<\/\w+>\s*$/, "");
    const part = PARTS[suffix];
    const object = /objects\/([^/]+)\//.exec(path)?.[1] ?? "";
    if (part !== undefined) objects.set(object, `${objects.get(object) ?? ""}<${part[1]}>${content}</${part[1]}>`);
    else if (suffix === "object") objects.set(object, content + (objects.get(object) ?? ""));
    else files[path.replace(/^.*default\//, "").replace(/-meta\.xml$/, "")] = text;
    members.push(`<types><members>${part === undefined ? name : `${object}.${name}`}</members><name>${part?.[0] ?? TYPES[suffix] ?? suffix}</name></types>`);
  }
  for (const [name, content] of objects) files[`objects/${name}.object`] = `<?xml version="1.0" encoding="UTF-8"?><CustomObject ${NAMESPACE}>${content}</CustomObject>`;
  files["package.xml"] = `<?xml version="1.0" encoding="UTF-8"?><Package ${NAMESPACE}>${members.join("")}<version>62.0</version></Package>`;
  return files;
}

async function soap(operation: string): Promise<string> {
  const session = await logIn(org.emulator);
  const body = `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Header ${NAMESPACE}><SessionHeader><sessionId>${session}</sessionId></SessionHeader></soapenv:Header><soapenv:Body ${NAMESPACE}>${operation}</soapenv:Body></soapenv:Envelope>`;
  const response = await org.emulator.handle(new Request(`${ORIGIN}/services/Soap/m/62.0`, { method: "POST", body, headers: { "Content-Type": "text/xml", SOAPAction: '""' } }));
  return response.text();
}

describe("the package of Volenti", () => {
  test("is taken whole as a source folder", () => {
    const { schema, permissionSets } = org.emulator.org;
    applySourceFolder({ schema, permissionSets, files: FILES });
    expect(schema.objects.has("VolentiDecision__c")).toBe(true);
  });

  test("is not deployed by a user of minimum access", async () => {
    expect(await soap("<describeMetadata><asOfVersion>62.0</asOfVersion></describeMetadata>")).toContain("INSUFFICIENT_ACCESS: use of the Metadata API requires");
    expect(await org.call({ path: "metadata/deployRequest/0Af000000000001AAA" })).toMatchObject({ status: 403, body: [{ errorCode: "INSUFFICIENT_ACCESS" }] });
    const { permissionSets, userIds } = org.emulator.org;
    const assignment = { AssigneeId: userIds.integration, PermissionSetId: permissionSets.add({ name: "All", label: "All" }).id };
    expect(await org.call({ method: "POST", path: "sobjects/PermissionSetAssignment", body: assignment })).toMatchObject({ status: 400 });
  });

  test("is taken whole by SOAP, all its components, and changes nothing the second time", async () => {
    org = await openOrg();
    const zip = Buffer.from(zipSync(Object.fromEntries(Object.entries(toPackage()).map(([path, text]) => [path, strToU8(text)])))).toString("base64");
    const deploy = async (): Promise<string> => {
      const id = /<id>(.*?)<\/id>/.exec(await soap(`<deploy><ZipFile>${zip}</ZipFile><DeployOptions><rollbackOnError>true</rollbackOnError><singlePackage>true</singlePackage></DeployOptions></deploy>`))?.[1] ?? "";
      const look = (): Promise<string> => soap(`<checkDeployStatus><asyncProcessId>${id}</asyncProcessId><includeDetails>true</includeDetails></checkDeployStatus>`);
      await look();
      return look();
    };
    const first = await deploy();
    expect([...first.matchAll(/<problem>(.*?)<\/problem>/g)].map(([, problem]) => problem)).toEqual([]);
    expect(first).toContain("<status>Succeeded</status>");
    expect(first).toContain(`<numberComponentsDeployed>${FILES.size}</numberComponentsDeployed>`);
    const second = await deploy();
    expect([...second.matchAll(/<changed>true<\/changed><componentType>(\w+)/g)].map(([, type]) => type)).toEqual([]);
  });

  test("grants a user of minimum access what it writes, and nothing before it is assigned", async () => {
    const { call, emulator: { org: inside } } = org;
    const { schema, permissionSets } = inside;
    applySourceFolder({ schema, permissionSets, files: FILES });
    const contact = { LastName: "Exemple", FirstName: "Inès", Email: "ines@example.com", HasOptedOutOfEmail: true, MailingStreet: "1 rue d'Exemple", Birthdate: "1990-01-02" };
    expect(await call({ method: "POST", path: "sobjects/Contact", body: contact })).toMatchObject({ status: 404 });
    inside.assignPermissionSet({ name: "VolentiIntegration" });
    const id = idIn(await call({ method: "POST", path: "sobjects/Contact", body: contact }));
    expect((await call({ path: `sobjects/Contact/${id}` })).body).toMatchObject({ ...contact, MailingAddress: { street: "1 rue d'Exemple" } });
    expect(await call({ method: "PATCH", path: `sobjects/Contact/${id}`, body: { OtherStreet: "x" } })).toMatchObject({ status: 400, body: [{ errorCode: "INVALID_FIELD" }] });
    expect(await call({ method: "POST", path: "sobjects/Account", body: { Name: "x" } })).toMatchObject({ status: 400, body: [{ errorCode: "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY" }] });
    expect(await call({ path: "sobjects/Lead/describe" })).toMatchObject({ status: 404 });
    const decision = { VolentiDecisionId__c: "d1", VolentiStatus__c: "given" };
    expect(await call({ method: "POST", path: "sobjects/VolentiDecision__c", body: decision })).toMatchObject({ status: 201 });
    expect(inside.rows("VolentiDecision__c")).toMatchObject([{ ...decision, Name: "VD-0000000000" }]);
  });
});
