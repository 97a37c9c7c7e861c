import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applySourceFolder, SourceFolderError } from "@volenti/emulators";
import { idIn, openOrg, type OpenOrg } from "./open-org.ts";

const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const ALL = "<allowCreate>true</allowCreate><allowDelete>true</allowDelete><allowEdit>true</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>Ledger__c</object><viewAllRecords>false</viewAllRecords>";

/** An org with a custom object whose rows are named as `nameField` says. */
async function openLedger(request: { nameField: string; fields?: Readonly<Record<string, string>>; grants?: string }): Promise<OpenOrg> {
  const opened = await openOrg();
  const { org } = opened.emulator;
  const { schema, permissionSets } = org;
  const files = new Map([
    ["objects/Ledger__c/Ledger__c.object-meta.xml", `<CustomObject ${NAMESPACE}><deploymentStatus>Deployed</deploymentStatus><label>Ledger</label><nameField>${request.nameField}</nameField><pluralLabel>Ledgers</pluralLabel><sharingModel>ReadWrite</sharingModel></CustomObject>`],
    ["permissionsets/All.permissionset-meta.xml", `<PermissionSet ${NAMESPACE}><label>All</label><objectPermissions>${ALL}</objectPermissions>${request.grants ?? ""}</PermissionSet>`],
    ...Object.entries(request.fields ?? {}).map(([name, content]): [string, string] => [
      `objects/Ledger__c/fields/${name}.field-meta.xml`, `<CustomField ${NAMESPACE}><fullName>${name}</fullName><label>${name.slice(0, -3)}</label>${content}</CustomField>`,
    ]),
  ]);
  applySourceFolder({ schema, permissionSets, files });
  org.assignPermissionSet({ name: "All" });
  return opened;
}

const numbered = (more: string): string => `<label>Number</label><type>AutoNumber</type>${more}`;

describe("a name that counts", () => {
  test("is given to new rows in order, and nobody writes it", async () => {
    const { call, emulator: { org } } = await openLedger({ nameField: numbered("<displayFormat>VD-{0000}</displayFormat><startingNumber>7</startingNumber>") });
    const id = idIn(await call({ method: "POST", path: "sobjects/Ledger__c", body: {} }));
    await call({ method: "POST", path: "sobjects/Ledger__c", body: {} });
    expect(org.rows("Ledger__c").map(({ Name }) => Name)).toEqual(["VD-0007", "VD-0008"]);
    const refused = { status: 400, body: [{ errorCode: "INVALID_FIELD_FOR_INSERT_UPDATE", fields: ["Name"] }] };
    expect(await call({ method: "POST", path: "sobjects/Ledger__c", body: { Name: "x" } })).toMatchObject(refused);
    expect(await call({ method: "PATCH", path: `sobjects/Ledger__c/${id}`, body: { Name: "x" } })).toMatchObject(refused);
    const { body } = await call({ path: "sobjects/Ledger__c/describe" });
    expect((body as { fields: unknown[] }).fields).toContainEqual(
      expect.objectContaining({ name: "Name", label: "Number", autoNumber: true, createable: false, updateable: false, nillable: false, defaultedOnCreate: true, nameField: true }),
    );
  });

  test("starts at 0 unless told, and what a refused call took is not given again", async () => {
    const { call, emulator: { org } } = await openLedger({ nameField: numbered("<displayFormat>{00}</displayFormat>") });
    const [good, bad] = [{ attributes: { type: "Ledger__c" } }, { attributes: { type: "Ledger__c" }, Nope__c: 1 }];
    await call({ method: "POST", path: "composite/sobjects", body: { allOrNone: true, records: [good, bad] } });
    expect(org.rows("Ledger__c")).toEqual([]);
    await call({ method: "POST", path: "sobjects/Ledger__c", body: {} });
    expect(org.rows("Ledger__c").map(({ Name }) => Name)).toEqual(["01"]);
  });

  test("never falls and never repeats, whatever is deleted in between", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 12 }), async (steps) => {
        const { emulator: { org } } = await openLedger({ nameField: numbered("<displayFormat>A{0000000000}-{YYYY}</displayFormat>") });
        const names: string[] = [];
        for (const isKept of steps) {
          const id = org.insert({ objectName: "Ledger__c", values: {} });
          names.push(String(org.rows("Ledger__c").find((row) => row["Id"] === id)?.["Name"]));
          if (!isKept) org.remove({ objectName: "Ledger__c", id });
        }
        expect(names).toEqual(names.toSorted());
        expect(new Set(names).size).toBe(names.length);
        for (const name of names) expect(name).toMatch(/^A\d{10}-2026$/);
      }),
      { numRuns: 10 },
    );
  });

  test.each(["", "<displayFormat>plain</displayFormat>", "<displayFormat>{0}{0}</displayFormat>", "<displayFormat>{x}{0}</displayFormat>"])("needs a display format with one number, and not %j", async (format) => {
    await expect(openLedger({ nameField: numbered(format) })).rejects.toThrow(SourceFolderError);
  });
});

test("a field that counts is read by permission, and never written", async () => {
  const grant = (editable: boolean): string => `<fieldPermissions><editable>${String(editable)}</editable><field>Ledger__c.Count__c</field><readable>true</readable></fieldPermissions>`;
  const request = { nameField: "<label>Name</label><type>Text</type>", fields: { Count__c: "<type>AutoNumber</type><displayFormat>{0}</displayFormat><externalId>true</externalId>" } };
  await expect(openLedger({ ...request, grants: grant(true) })).rejects.toThrow("is not editable");
  expect(await (await openLedger(request)).query("SELECT Count__c FROM Ledger__c")).toMatchObject({ status: 400 });
  const { call, query } = await openLedger({ ...request, grants: grant(false) });
  await call({ method: "POST", path: "sobjects/Ledger__c", body: { Name: "a" } });
  expect((await query("SELECT Name, Count__c FROM Ledger__c")).body).toMatchObject({ records: [{ Name: "a", Count__c: "0" }] });
  expect(await call({ method: "POST", path: "sobjects/Ledger__c", body: { Count__c: "9" } })).toMatchObject({ status: 400, body: [{ errorCode: "INVALID_FIELD_FOR_INSERT_UPDATE" }] });
});

test("a blank name of a custom object becomes the id of 15 characters", async () => {
  const { call, emulator: { org } } = await openLedger({ nameField: "<label>Name</label><type>Text</type>" });
  const id = idIn(await call({ method: "POST", path: "sobjects/Ledger__c", body: {} }));
  expect(org.rows("Ledger__c")).toMatchObject([{ Name: id.slice(0, 15) }]);
  await call({ method: "PATCH", path: `sobjects/Ledger__c/${id}`, body: { Name: "Named" } });
  expect(org.rows("Ledger__c")).toMatchObject([{ Name: "Named" }]);
  await call({ method: "PATCH", path: `sobjects/Ledger__c/${id}`, body: { Name: null } });
  expect(org.rows("Ledger__c")).toMatchObject([{ Name: id.slice(0, 15) }]);
});
