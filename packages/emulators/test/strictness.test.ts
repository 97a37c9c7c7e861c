import { describe, expect, test } from "vitest";
import { applySourceFolder, SourceFolderError } from "@volenti/emulators";
import { idIn, NOW, openOrg, type OpenOrg } from "./open-org.ts";

const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

describe("a single row by its id", () => {
  test("is not updated where it changed since, nor read where it did not", async () => {
    let now = NOW;
    const { call } = await openOrg({ now: () => now });
    const id = idIn(await call({ method: "POST", path: "sobjects/Individual", body: { LastName: "Doe" } }));
    const [before, after] = [new Date(NOW - 60_000).toUTCString(), new Date(NOW + 60_000).toUTCString()];
    const patch = (since: string): ReturnType<typeof call> =>
      call({ method: "PATCH", path: `sobjects/Individual/${id}`, body: { FirstName: "Jo" }, headers: { "If-Unmodified-Since": since } });
    expect(await patch(before)).toMatchObject({ status: 412 });
    now += 1000;
    expect(await patch(after)).toMatchObject({ status: 204 });
    const read = (since: string): ReturnType<typeof call> => call({ path: `sobjects/Individual/${id}`, headers: { "If-Modified-Since": since } });
    expect(await read(after)).toMatchObject({ status: 304 });
    expect(await read(before)).toMatchObject({ status: 200 });
  });
});

describe("a collection", () => {
  test("updates a row once", async () => {
    const { call, emulator: { org } } = await openOrg();
    const id = org.insert({ objectName: "Individual", values: { LastName: "Doe" } });
    const row = (name: string): unknown => ({ attributes: { type: "Individual" }, Id: id, FirstName: name });
    const { body } = await call({ method: "PATCH", path: "composite/sobjects", body: { records: [row("a"), row("b")] } });
    expect(body).toMatchObject([{ success: true }, { success: false, errors: [{ statusCode: "DUPLICATE_VALUE" }] }]);
    expect(org.rows("Individual")).toMatchObject([{ FirstName: "a" }]);
  });
});

describe("old versions", () => {
  test.each([
    ["v41.0/sobjects/Individual/describe", 404],
    ["v44.0/sobjects/ContactPointTypeConsent/describe", 404],
    ["v45.0/sobjects/ContactPointTypeConsent/describe", 200],
    ["v47.0/sobjects/ContactPointConsent/describe", 404],
  ])("answer %s with %i", async (path, status) => {
    const { call } = await openOrg();
    expect(await call({ path: `/services/data/${path}` })).toMatchObject({ status });
  });

  test("have no references to what they do not know, and fewer resources", async () => {
    const { call } = await openOrg();
    const { body } = await call({ path: "/services/data/v41.0/sobjects/Contact/describe" });
    expect((body as { fields: { name: string }[] }).fields.map(({ name }) => name)).not.toContain("IndividualId");
    for (const path of ["v37.0/composite", "v41.0/composite/sobjects", "v33.0/composite/batch", "v40.0/jobs/ingest"]) {
      expect(await call({ method: "POST", path: `/services/data/${path}`, body: {} }), path).toMatchObject({ status: 404 });
    }
  });
});

test("of many open results the oldest is closed", async () => {
  const { call, emulator: { org } } = await openOrg();
  for (let number = 0; number < 201; number += 1) org.insert({ objectName: "Individual", values: { LastName: `Doe ${number}` } });
  const open = async (): Promise<string> => {
    const { body } = await call({ path: "query?q=SELECT+Id+FROM+Individual", headers: { "Sforce-Query-Options": "batchSize=200" } });
    return String((body as { nextRecordsUrl: unknown }).nextRecordsUrl);
  };
  const first = await open();
  expect(await call({ path: first })).toMatchObject({ status: 200, body: { records: { length: 1 } } });
  let last = "";
  for (let count = 0; count < 10; count += 1) last = await open();
  expect(await call({ path: first })).toMatchObject({ status: 400, body: [{ errorCode: "INVALID_QUERY_LOCATOR" }] });
  expect(await call({ path: last })).toMatchObject({ status: 200 });
});

describe("a deployment is refused", () => {
  const OBJECT = `<CustomObject ${NAMESPACE}><deploymentStatus>Deployed</deploymentStatus><label>Ledger</label><nameField><label>Name</label><type>Text</type></nameField><pluralLabel>Ledgers</pluralLabel><sharingModel>ReadWrite</sharingModel></CustomObject>`;
  const view = (content: string): [string, string] => ["objects/Ledger__c/listViews/All.listView-meta.xml", `<ListView ${NAMESPACE}><fullName>All</fullName>${content}<label>All</label></ListView>`];
  const layout = (behavior: string): [string, string] => [
    "layouts/Ledger__c-Main.layout-meta.xml",
    `<Layout ${NAMESPACE}><layoutSections><layoutColumns><layoutItems><behavior>${behavior}</behavior><field>Name</field></layoutItems></layoutColumns></layoutSections></Layout>`,
  ];

  test.each<[string, [string, string], string]>([
    ["a column by the name of its field", view("<columns>Name</columns><filterScope>Everything</filterScope>"), "Could not resolve list view column: Name"],
    ["a scope that is none", view("<filterScope>All</filterScope>"), "'All' is not a valid value for the enum 'FilterScope'"],
    ["a name that may be left blank on a layout", layout("Edit"), "Field:Name must be Required"],
    ["a tab without its motif", ["tabs/Ledger__c.tab-meta.xml", `<CustomTab ${NAMESPACE}><customObject>true</customObject><motif>Heart</motif></CustomTab>`], "Invalid motif: Heart"],
    [
      "a tab that is not there",
      ["permissionsets/All.permissionset-meta.xml", `<PermissionSet ${NAMESPACE}><label>All</label><tabSettings><tab>Ledger__c</tab><visibility>Visible</visibility></tabSettings></PermissionSet>`],
      "In field: tab - no CustomTab named Ledger__c found",
    ],
    [
      "a custom permission that is not there",
      ["permissionsets/All.permissionset-meta.xml", `<PermissionSet ${NAMESPACE}><customPermissions><enabled>true</enabled><name>May</name></customPermissions><label>All</label></PermissionSet>`],
      "no CustomPermission named May found",
    ],
  ])("for %s", async (_what, file, problem) => {
    const { emulator: { org } }: OpenOrg = await openOrg();
    const { schema, permissionSets } = org;
    const deploy = (): void => applySourceFolder({ schema, permissionSets, files: new Map([["objects/Ledger__c/Ledger__c.object-meta.xml", OBJECT], file]) });
    expect(deploy).toThrow(SourceFolderError);
    expect(deploy).toThrow(problem);
  });
});
