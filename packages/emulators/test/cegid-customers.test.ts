import { expect, test } from "vitest";
import { NOW, openFolder } from "./cegid-folder.ts";

const DOE = "<LastName>Doe</LastName>";
const FULL = `<EmailData><Email>jane@example.com</Email><EmailingAccepted>true</EmailingAccepted></EmailData><FirstName>Jane</FirstName>${DOE}<DirectMail>true</DirectMail><OptinEmail>BrandOnly</OptinEmail><OptinMobile>DoNotUse</OptinMobile><ValidEmail>true</ValidEmail><IsProspect>true</IsProspect>`;

test("a customer is created under the id that was sent, once", async () => {
  const { add, detail, emulator } = openFolder();
  const first = await add(`${DOE}<CustomerId>VOL0000000000001A</CustomerId>`);
  const again = await add(`<LastName>Roe</LastName><CustomerId>VOL0000000000001A</CustomerId>`);
  expect([first.status, first.result]).toEqual([200, "VOL0000000000001A"]);
  expect([again.status, again.fault]).toEqual([500, expect.stringContaining("Code = (CBR00450)")]);
  expect((await detail("VOL0000000000001A")).part()).toMatchObject({ LastName: "Doe", OptinEmail: "AskCustomer", LastDateUpdate: "2026-01-15T09:10:20", CustomerId: "VOL0000000000001A" });
  expect(emulator.customers.list()).toHaveLength(1);
});

test("an id of more than 17 characters is refused, even where texts are cut", async () => {
  for (const tooLong of ["fault", "truncate"] as const) {
    const { add, emulator } = openFolder({ behaviour: { tooLong } });
    expect((await add(`${DOE}<CustomerId>123456789012345678</CustomerId>`)).fault).toContain("CBR99004");
    expect(emulator.customers.list()).toEqual([]);
  }
});

test("without an id one is assigned, with zeros in front, or refused where the folder assigns none", async () => {
  const { add } = openFolder();
  expect([(await add(DOE)).result, (await add(DOE)).result]).toEqual(["0000000001", "0000000002"]);
  expect((await openFolder({ behaviour: { missingCustomerId: "fault" } }).add(DOE)).fault).toContain("CBR99003");
});

test("a creation's guid comes once where it is checked", async () => {
  const { add } = openFolder();
  const guid = (isChecked: boolean): string => `${DOE}<CustomerGuid><CheckGuid>${isChecked}</CheckGuid><Guid>01234567-89ab-cdef-0123-456789abcdef</Guid></CustomerGuid>`;
  expect((await add(guid(true))).status).toBe(200);
  expect((await add(guid(true))).fault).toContain("CBR00450");
  expect((await add(guid(false))).status).toBe(200);
});

test("an update answers the id, keeps texts that it leaves out, and resets values", async () => {
  const { add, update, detail } = openFolder();
  const { result: id } = await add(FULL);
  const answer = await update(id, "<FirstName>Janet</FirstName>");
  expect([answer.status, answer.result]).toEqual([200, id]);
  const { part } = await detail(id);
  expect(part()).toMatchObject({ FirstName: "Janet", LastName: "Doe", DirectMail: "false", OptinEmail: "AskCustomer", OptinMobile: "AskCustomer", ValidEmail: "false", IsProspect: "false" });
  expect(part("EmailData")).toMatchObject({ Email: "jane@example.com", EmailingAccepted: "true" });
});

test("a record that was sent has its own values reset, and its own texts kept", async () => {
  const { add, update, emulator } = openFolder();
  const { result: id } = await add(FULL);
  await update(id, "<EmailData><SendReceiptByMail>true</SendReceiptByMail></EmailData>");
  expect(emulator.customers.get(id)).toMatchObject({ EmailData: { Email: "jane@example.com", EmailingAccepted: false, SendReceiptByMail: true } });
});

test("absent values may be kept, and absent texts reset", async () => {
  const kept = openFolder({ behaviour: { absentValues: "keep" } });
  const { result: id } = await kept.add(FULL);
  await kept.update(id, "<FirstName>Janet</FirstName>");
  expect(kept.emulator.customers.get(id)).toMatchObject({ FirstName: "Janet", DirectMail: true, OptinEmail: "BrandOnly", OptinMobile: "DoNotUse" });
  const reset = openFolder({ behaviour: { absentReferences: "reset" } });
  const { result: other } = await reset.add(FULL);
  await reset.update(other, DOE);
  expect(reset.emulator.customers.get(other)).toMatchObject({ FirstName: "", EmailData: { Email: "", EmailingAccepted: false } });
});

test("an empty element clears a text, and nil leaves it", async () => {
  const { add, update, emulator } = openFolder();
  const { result: id } = await add(FULL);
  await update(id, '<EmailData i:nil="true"/><FirstName i:nil="true"/>');
  expect(emulator.customers.get(id)).toMatchObject({ FirstName: "Jane", EmailData: { Email: "jane@example.com" } });
  await update(id, "<EmailData><Email/></EmailData><FirstName/>");
  expect(emulator.customers.get(id)).toMatchObject({ FirstName: "", EmailData: { Email: "" } });
});

test("items of lists replace those of their id and leave the others", async () => {
  const { add, update, emulator } = openFolder();
  const text = (id: number, value: string): string => `<UserDefinedText><Id>${id}</Id><Value>${value}</Value></UserDefinedText>`;
  const { result } = await add(`${DOE}<UserDefinedTexts>${text(1, "a")}${text(2, "b")}</UserDefinedTexts>`);
  await update(result, `<UserDefinedTexts>${text(2, "c")}${text(3, "d")}</UserDefinedTexts>`);
  expect(emulator.customers.get(result)?.["UserDefinedTexts"]).toEqual([{ Id: "1", Value: "a" }, { Id: "2", Value: "c" }, { Id: "3", Value: "d" }]);
});

test("a user-defined boolean that is sent without its value is false", async () => {
  const { add, update, emulator } = openFolder();
  const { result } = await add(`${DOE}<UserDefinedBooleans><UserDefinedBoolean><Id>1</Id><Value>true</Value></UserDefinedBoolean></UserDefinedBooleans>`);
  await update(result, "<UserDefinedBooleans><UserDefinedBoolean><Id>1</Id></UserDefinedBoolean></UserDefinedBooleans>");
  expect(emulator.customers.get(result)?.["UserDefinedBooleans"]).toEqual([{ Id: "1", Value: false }]);
});

test("nobody is a fault, or nothing", async () => {
  const strict = openFolder();
  expect((await strict.detail("NOBODY")).fault).toContain("CBR99002");
  expect((await strict.update("NOBODY", DOE)).fault).toContain("CBR99002");
  const lax = await openFolder({ behaviour: { unknownCustomer: "empty" } }).detail("NOBODY");
  expect([lax.status, lax.text.includes('GetCustomerDetailResult i:nil="true"')]).toEqual([200, true]);
});

test("a merged customer is unknown, or closed where the folder keeps it", async () => {
  for (const mergedCustomers of ["unknown", "closed"] as const) {
    const { add, detail, emulator } = openFolder({ behaviour: { mergedCustomers } });
    const [{ result: from }, { result: into }] = [await add(DOE), await add(DOE)];
    emulator.customers.merge({ from, into });
    const { status, part } = await detail(from);
    expect([status, part("Closed")]).toEqual(mergedCustomers === "unknown" ? [500, undefined] : [200, "true"]);
    expect([emulator.customers.get(from), (await detail(into)).status]).toEqual([null, 200]);
  }
});

test("an update that says nothing of it opens a closed customer again, or is refused", async () => {
  for (const closedCustomerUpdate of ["accept", "fault"] as const) {
    const { add, update, emulator } = openFolder({ behaviour: { closedCustomerUpdate } });
    const { result } = await add(DOE);
    emulator.customers.close(result);
    const answer = await update(result, DOE);
    expect(emulator.customers.get(result)?.["Closed"]).toBe(closedCustomerUpdate === "fault");
    expect(answer.fault.includes("CBR99013")).toBe(closedCustomerUpdate === "fault");
  }
});

test("a reference finds a customer by its external reference, or by its id where the folder takes it so", async () => {
  const byOwn = openFolder();
  const { result } = await byOwn.add(DOE);
  byOwn.emulator.customers.setExternalReference({ customerId: result, externalReference: "EXT 1" });
  const find = (folder: typeof byOwn, reference: string): Promise<{ result: string; status: number }> => folder.call("GetCustomerIdByReference", `<customerReference>${reference}</customerReference>`);
  expect((await find(byOwn, "EXT 1")).result).toBe(result);
  expect((await find(byOwn, result)).status).toBe(500);
  const byId = openFolder({ behaviour: { customerReference: "either" } });
  await byId.add(DOE);
  expect((await find(byId, "0000000001")).result).toBe("0000000001");
});

test("a date of change that is not the last one is refused, where the folder looks at it", async () => {
  let now = NOW;
  for (const modificationDate of ["checked", "ignored"] as const) {
    const { add, update, emulator } = openFolder({ now: () => now, behaviour: { modificationDate } });
    const { result } = await add(DOE);
    now += 5000;
    emulator.customers.changeOptIns({ customerId: result, optIns: { OptinMobile: "DoNotUse" } });
    const answer = await update(result, `<LastModificationDate>2026-01-15T09:10:20</LastModificationDate>${DOE}`);
    expect(answer.fault.includes("CBR99015")).toBe(modificationDate === "checked");
    expect((await update(result, DOE)).status).toBe(200);
    now = NOW;
  }
});

test("customers of other stores are not there for a user who may not see them", async () => {
  const { emulator, detail, search } = openFolder({ visibleStores: ["001"] });
  const here = emulator.customers.add({ LastName: "Doe", UsualStoreId: "001" });
  const there = emulator.customers.add({ LastName: "Doe", UsualStoreId: "002" });
  expect([(await detail(here)).status, (await detail(there)).status]).toEqual([200, 500]);
  expect((await search("<LastName>Doe</LastName>")).text).not.toContain(there);
});

test("staff changes what it likes, and the change is stamped in the server's time", async () => {
  let now = NOW;
  const { emulator, detail } = openFolder({ now: () => now, timeZone: "America/New_York" });
  const customerId = emulator.customers.add({ LastName: "Doe", EmailData: { Email: "jane@example.com" }, CustomerId: "C1" });
  now += 60_000;
  emulator.customers.changeOptIns({ customerId, optIns: { OptinEmail: "DoNotUse" } });
  emulator.customers.change({ customerId, values: { EmailData: { SendReceiptByMail: true } } });
  expect((await detail("C1")).part()).toMatchObject({ OptinEmail: "DoNotUse", LastDateUpdate: "2026-01-15T03:11:20", EmailData: { Email: "jane@example.com", SendReceiptByMail: "true" } });
  expect(() => emulator.customers.close("NOBODY")).toThrow(RangeError);
  expect(() => emulator.customers.add({ CustomerId: "C1" })).toThrow(RangeError);
});

test("what staff is handed is a copy", () => {
  const { emulator } = openFolder();
  const customerId = emulator.customers.add({ LastName: "Doe" });
  const [listed] = emulator.customers.list();
  Object.assign(listed ?? {}, { LastName: "Roe" });
  Object.assign(emulator.customers.get(customerId)?.["EmailData"] ?? {}, { Email: "x@example.com" });
  expect(emulator.customers.get(customerId)).toMatchObject({ LastName: "Doe", EmailData: { Email: "" } });
});

test("the dump has every value that is held, of merged customers too", () => {
  const { emulator } = openFolder();
  const [from, into] = [emulator.customers.add({ LastName: "Doe" }), emulator.customers.add({ Notepad: "note" })];
  emulator.customers.setExternalReference({ customerId: into, externalReference: "EXT1" });
  emulator.customers.merge({ from, into });
  for (const part of ["Doe", "note", "EXT1"]) expect(emulator.dump()).toContain(part);
});

test("calls are counted by operation, and forgotten when told", async () => {
  const { add, detail, emulator, raw } = openFolder();
  const { result } = await add(DOE);
  await Promise.all([detail(result), detail(result)]);
  await raw({ method: "GET", path: "/CustomerWcfService.svc?wsdl" });
  expect(emulator.calls.list()).toEqual(["AddNewCustomer", "GetCustomerDetail", "GetCustomerDetail", "Wsdl"]);
  expect([emulator.calls.total(), emulator.calls.count("GetCustomerDetail"), emulator.calls.peak()]).toEqual([4, 2, 2]);
  emulator.calls.reset();
  expect([emulator.calls.total(), emulator.calls.peak()]).toEqual([0, 0]);
});
