import { expect, test } from "vitest";
import type { CegidRetailEmulatorOptions } from "@volenti/emulators";
import { openFolder, type OpenFolder } from "./cegid-folder.ts";

const FOLDER = "90000001_001_TEST";

function openWithPeople(options: CegidRetailEmulatorOptions = {}): OpenFolder & { one(id: string, method?: string): Promise<Response>; many(ids: unknown): Promise<Response> } {
  const folder = openFolder(options);
  for (const CustomerId of ["A", "B", "C/1"]) {
    folder.emulator.customers.add({ CustomerId, LastName: "Doe", FirstName: "Jane", Barcode: CustomerId, EmailData: { Email: "jane@example.com" }, Notepad: "allergic", OptinEmail: "BrandOnly", UsualStoreId: "001" });
  }
  const path = `/${FOLDER}/api/customers-anonymization/V1`;
  return {
    ...folder,
    one: (id, method = "POST") => folder.raw({ method, path: `${path}/${encodeURIComponent(id)}` }),
    many: (ids) => folder.raw({ path, body: JSON.stringify(ids), headers: { "Content-Type": "application/json" } }),
  };
}

test("one customer is anonymized for good: what is left says nothing of whom it was", async () => {
  const { one, detail, update, emulator } = openWithPeople();
  expect((await one("C/1")).status).toBe(204);
  const { part } = await detail("C/1");
  expect(part()).toMatchObject({ LastName: "ANONYMIZED", FirstName: "", Barcode: "", Notepad: "", EmailData: { Email: "" }, OptinEmail: "DoNotUse", OptinPostal: "DoNotUse", Closed: "true", UsualStoreId: "001" });
  expect((await update("C/1", "<LastName>Doe</LastName>")).fault).toContain("CBR99014");
  expect(emulator.customers.get("A")?.["LastName"]).toBe("Doe");
  expect(emulator.calls.count("AnonymizeCustomer")).toBe(1);
});

test("customers of a list are anonymized together", async () => {
  const { many, emulator } = openWithPeople();
  expect((await many(["A", "B"])).status).toBe(204);
  expect(emulator.dump().match(/ANONYMIZED/g)).toHaveLength(2);
  expect(emulator.calls.count("AnonymizeCustomers")).toBe(1);
});

test("one who does not exist keeps the whole list from it", async () => {
  const { many, emulator } = openWithPeople();
  const response = await many(["A", "NOBODY"]);
  expect([response.status, await response.json()]).toEqual([400, { code: "unknownCustomer", message: "The customer does not exist." }]);
  expect(emulator.dump()).not.toContain("ANONYMIZED");
});

test.each([{}, [], [1], "A"])("the body %j is no list of ids", async (body) => {
  expect((await openWithPeople().many(body)).status).toBe(400);
});

test("one who does not exist is not found", async () => {
  expect((await openWithPeople().one("NOBODY")).status).toBe(404);
});

test.each([
  [{ hasClothingAllowance: true }, "clothingAllowance"],
  [{ hasOutstandingPayments: true }, "outstandingPayments"],
])("%j stands in the way", async (obstacles, code) => {
  const { one, many, emulator } = openWithPeople();
  emulator.customers.setObstacles({ customerId: "A", ...obstacles });
  for (const response of [await one("A"), await many(["B", "A"])]) {
    expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ code })]);
  }
  expect(emulator.dump()).not.toContain("ANONYMIZED");
});

test("the verb is the folder's own", async () => {
  const { one } = openWithPeople({ anonymization: { verb: "PUT" } });
  const refused = await one("A");
  expect([refused.status, refused.headers.get("Allow")]).toEqual([405, "PUT"]);
  expect((await one("A", "PUT")).status).toBe(204);
});

test("it may not be installed, and not be allowed, and is nobody's without credentials", async () => {
  expect((await openWithPeople({ anonymization: { isInstalled: false } }).one("A")).status).toBe(404);
  expect((await openWithPeople({ anonymization: { isAllowed: false } }).one("A")).status).toBe(403);
  const { raw, emulator } = openWithPeople();
  const path = `/${FOLDER}/api/customers-anonymization/V1/A`;
  expect((await raw({ path, isAnonymous: true })).status).toBe(401);
  expect((await raw({ path: path.replace("_001_", "_002_") })).status).toBe(404);
  expect((await raw({ path: path.replace("V1", "v1") })).status).toBe(204);
  expect(emulator.customers.get("A")?.["LastName"]).toBe("ANONYMIZED");
});
