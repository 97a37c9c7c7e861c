import { XMLParser, XMLValidator } from "fast-xml-parser";
import { afterEach, expect, test } from "vitest";
import { ConnectionResetError, listenOnLoopback, type CegidRetailFault, type LoopbackServer } from "@volenti/emulators";
import { basic, envelope, idsOf, memberAt, openFolder, RETAIL, soapHeaders } from "./cegid-folder.ts";

const DOE = "<LastName>Doe</LastName>";
const open: LoopbackServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

test.each([
  [{ kind: "unauthorized" }, 401, "401"],
  [{ kind: "forbidden" }, 403, "403"],
  [{ kind: "serverError" }, 500, ""],
  [{ kind: "serverError", status: 503, body: "html" }, 503, "<html"],
  [{ kind: "soapFault" }, 500, "Code = (CBR00450)"],
  [{ kind: "soapFault", code: "CBR12345", text: "Something" }, 500, "(CBR12345 : Something ("],
  [{ kind: "soapFault", isInside: true }, 200, "Code = (CBR00450)"],
  [{ kind: "soapFault", isPlain: true }, 500, "InternalServiceFault"],
  [{ kind: "loginPage" }, 200, "<form"],
  [{ kind: "emptyBody" }, 200, ""],
] as const)("%o: nothing is applied, and the next call goes its way", async (fault, status, part) => {
  const { add, emulator } = openFolder();
  const handle = emulator.faults.strike({ fault, times: 1 });
  const struck = await add(DOE);
  expect([struck.status, struck.text.includes(part), part !== "" || struck.text === ""]).toEqual([status, true, true]);
  expect([handle.struckCalls, emulator.customers.list().length]).toEqual([1, 0]);
  expect((await add(DOE)).status).toBe(200);
});

test("the worker's failure may stand alone, without any reason", async () => {
  const { add, emulator } = openFolder();
  emulator.faults.strike({ fault: { kind: "soapFault", code: null } });
  const { text, fault } = await add(DOE);
  expect([fault.includes("WP006"), text.includes("InnerException"), text.includes("<detail>")]).toEqual([true, false, true]);
});

test("faults strike the next so many calls, those of an operation, or all until cleared", async () => {
  const { add, detail, emulator } = openFolder();
  const forbidden = emulator.faults.strike({ fault: { kind: "forbidden" }, when: { operations: ["GetCustomerDetail"] } });
  emulator.faults.strike({ fault: { kind: "serverError" }, times: 2 });
  const result = "0000000001";
  expect([(await add(DOE)).status, (await detail(result)).status, (await add(DOE)).status, (await add(DOE)).status]).toEqual([500, 403, 500, 200]);
  expect([(await detail(result)).status, forbidden.struckCalls]).toEqual([403, 2]);
  forbidden.clear();
  expect((await detail(result)).status).toBe(200);
  emulator.faults.strike({ fault: { kind: "unauthorized" } });
  emulator.faults.clear();
  expect((await detail(result)).status).toBe(200);
});

test("a connection breaks before or after the call was applied", async () => {
  const { add, emulator } = openFolder();
  emulator.faults.strike({ fault: { kind: "resetBeforeApply" }, times: 1 });
  await expect(add(DOE)).rejects.toBeInstanceOf(ConnectionResetError);
  expect(emulator.customers.list()).toHaveLength(0);
  emulator.faults.strike({ fault: { kind: "resetAfterApply" }, times: 1 });
  await expect(add(DOE)).rejects.toBeInstanceOf(ConnectionResetError);
  expect(emulator.customers.list()).toHaveLength(1);
});

test("a slow answer waits as long as it was told", async () => {
  const waited: number[] = [];
  const { add, emulator } = openFolder({ wait: async (milliseconds) => void waited.push(milliseconds) });
  emulator.faults.strike({ fault: { kind: "slow", delayInMs: 9000 }, times: 1 });
  expect([(await add(DOE)).status, waited]).toEqual([200, [9000]]);
});

test("a stalled call goes on when released, applied before or after", async () => {
  for (const isApplied of [true, false]) {
    const { add, detail, emulator } = openFolder();
    const stall = emulator.faults.strike({ fault: { kind: "stall", isApplied }, times: 1 });
    const stalled = add(DOE);
    await detail("0000000009");
    expect(emulator.customers.list()).toHaveLength(isApplied ? 1 : 0);
    stall.release();
    expect([(await stalled).status, emulator.customers.list().length]).toEqual([200, 1]);
  }
});

test("a caller that hangs up during a stall has applied nothing", async () => {
  const { emulator } = openFolder();
  const stall = emulator.faults.strike({ fault: { kind: "stall" } });
  const controller = new AbortController();
  const body = envelope(`<AddNewCustomer xmlns="${RETAIL}"><customerData>${DOE}</customerData><clientContext><DatabaseId>${emulator.credentials.folderId}</DatabaseId></clientContext></AddNewCustomer>`);
  const headers = { ...soapHeaders("AddNewCustomer"), Authorization: basic(emulator) };
  const stalled = emulator.handle(new Request("https://y2.example.com/Y2/CustomerWcfService.svc", { method: "POST", headers, body, signal: controller.signal }));
  controller.abort();
  await expect(stalled).rejects.toBeInstanceOf(ConnectionResetError);
  stall.release();
  expect(emulator.customers.list()).toEqual([]);
});

test.each(["malformedXml", "truncated"] as const)("%s: the call is applied, its answer is no XML", async (kind) => {
  const { raw, emulator } = openFolder();
  emulator.faults.strike({ fault: { kind } });
  const body = envelope(`<AddNewCustomer xmlns="${RETAIL}"><customerData>${DOE}</customerData><clientContext><DatabaseId>${emulator.credentials.folderId}</DatabaseId></clientContext></AddNewCustomer>`);
  const response = await raw({ body, headers: soapHeaders("AddNewCustomer") });
  expect([response.status, XMLValidator.validate(await response.text()) === true, emulator.customers.list().length]).toEqual([200, false, 1]);
});

test("an answer may come behind a DOCTYPE whose entities explode", async () => {
  const { raw, emulator } = openFolder();
  const id = emulator.customers.add({ LastName: "Doe" });
  emulator.faults.strike({ fault: { kind: "doctypeBomb" } });
  const body = envelope(`<GetCustomerDetail xmlns="${RETAIL}"><customerId>${id}</customerId><clientContext><DatabaseId>${emulator.credentials.folderId}</DatabaseId></clientContext></GetCustomerDetail>`);
  const text = await (await raw({ body, headers: soapHeaders("GetCustomerDetail") })).text();
  expect(text).toMatch(/^<\?xml version="1.0"\?><!DOCTYPE bomb \[<!ENTITY e0 "x">/);
  expect(text).toContain('<!ENTITY e9 "&e8;&e8;');
  expect(text).toContain("&e9;</bomb></s:Header><s:Body>");
});

test("an answer under other prefixes, with members that are new, says the same", async () => {
  const { detail, emulator } = openFolder();
  const customerId = emulator.customers.add({ LastName: "Doe & <Co>", EmailData: { Email: "jane@example.com" }, UserDefinedTexts: [{ Id: "1", Value: "x" }] });
  const { part } = await detail(customerId);
  emulator.faults.strike({ fault: { kind: "prefixedAnswer" } });
  const { text } = await detail(customerId);
  expect(text).not.toContain("<s:");
  expect(XMLValidator.validate(text)).toBe(true);
  const parsed: unknown = new XMLParser({ removeNSPrefix: true, parseTagValue: false }).parse(text);
  const dressed = memberAt({ value: parsed, path: "Envelope.Body.GetCustomerDetailResponse.GetCustomerDetailResult" });
  expect(dressed).toMatchObject({ LastName: part("LastName"), CustomerId: customerId, OptinEmail: "AskCustomer", AddedSince: { CustomerId: "none" }, Foreign: "" });
  expect(memberAt({ value: dressed, path: "EmailData" })).toMatchObject({ Email: "jane@example.com", AddedSince: { CustomerId: "none" } });
});

test("lists of one have one element", async () => {
  const { search, emulator } = openFolder();
  emulator.customers.add({ LastName: "Doe" });
  emulator.customers.add({ LastName: "Doe" });
  emulator.faults.strike({ fault: { kind: "singleElementArrays" } });
  expect(idsOf(await search(DOE))).toEqual(["0000000001"]);
});

test("a search may find strangers, beside those asked for or alone", async () => {
  const { search, detail, emulator } = openFolder();
  const ids = ["Doe", "Roe", "Poe", "Moe"].map((LastName) => emulator.customers.add({ LastName }));
  emulator.faults.strike({ fault: { kind: "strangers" }, times: 1 });
  expect(idsOf(await search("<LastName>Roe</LastName>"))).toEqual([ids[0], ids[2], ids[1]]);
  emulator.faults.strike({ fault: { kind: "strangers", areAlone: true }, when: { operations: ["SearchCustomerIds"] } });
  expect(idsOf(await search("<LastName>Roe</LastName>"))).toEqual([ids[0], ids[2]]);
  expect((await detail(ids[1] ?? "")).part("LastName")).toBe("Roe");
});

test("the till may act just before or just after a call", async () => {
  const { detail, emulator } = openFolder();
  const customerId = emulator.customers.add({ LastName: "Doe" });
  const say = (OptinEmail: "BrandOnly" | "DoNotUse") => (): void => emulator.customers.changeOptIns({ customerId, optIns: { OptinEmail } });
  emulator.faults.strike({ fault: { kind: "meanwhile", before: say("BrandOnly"), after: say("DoNotUse") }, times: 1 });
  expect((await detail(customerId)).part("OptinEmail")).toBe("BrandOnly");
  expect((await detail(customerId)).part("OptinEmail")).toBe("DoNotUse");
});

test("faults that were struck are counted as calls", async () => {
  const { add, emulator } = openFolder();
  const faults: CegidRetailFault[] = [{ kind: "unauthorized" }, { kind: "serverError" }];
  for (const fault of faults) emulator.faults.strike({ fault, times: 1 });
  await add(DOE);
  await add(DOE);
  expect(emulator.calls.list()).toEqual(["AddNewCustomer", "AddNewCustomer"]);
});

test("over loopback, a whole call goes through", async () => {
  const { emulator } = openFolder();
  const server = await listenOnLoopback({ handle: (request) => emulator.handle(request) });
  open.push(server);
  const { basePath, folderId } = emulator.credentials;
  const body = envelope(`<AddNewCustomer xmlns="${RETAIL}"><customerData><LastName>Müller 漢</LastName></customerData><clientContext><DatabaseId>${folderId}</DatabaseId></clientContext></AddNewCustomer>`);
  const response = await fetch(`${server.url}${basePath}/CustomerWcfService.svc`, { method: "POST", body, headers: { ...soapHeaders("AddNewCustomer"), Authorization: basic(emulator) } });
  expect([response.status, (await response.text()).includes("0000000001")]).toEqual([200, true]);
  expect(emulator.customers.get("0000000001")?.["LastName"]).toBe("Müller 漢");
});
