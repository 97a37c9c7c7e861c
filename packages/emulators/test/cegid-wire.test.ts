import { XMLParser } from "fast-xml-parser";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createCegidRetailEmulator } from "@volenti/emulators";
import { basic, envelope, NOW, openFolder, ORIGIN, readAnswer, RETAIL, soapHeaders } from "./cegid-folder.ts";

const WRITTEN_OUT = ["FirstName", "LastName", "OriginCode", "PriceListCode", "RiskLevel", "ActivityCode", "Barcode", "FiscalId", "LongDescription", "ShortName", "Notepad", "CustomerId"];

test("credentials are asked for as FOLDER\\USER, in UTF-8", async () => {
  const { raw } = openFolder({ password: "pâté-密码" });
  const known = await raw({ method: "GET", path: "/CustomerWcfService.svc?wsdl" });
  const unknown = await raw({ method: "GET", path: "/CustomerWcfService.svc?wsdl", isAnonymous: true });
  expect(known.status).toBe(200);
  expect([unknown.status, unknown.headers.get("WWW-Authenticate"), unknown.headers.get("Set-Cookie")]).toEqual([401, 'Basic realm="Cegid Retail"', null]);
  expect(unknown.headers.get("Content-Type")).toContain("text/html");
});

test.each([
  ["the user without its folder", "WSVOLENTI:secret"],
  ["another password", "90000001_001_TEST\\WSVOLENTI:secrets"],
  ["another folder", "90000001_002_TEST\\WSVOLENTI:secret"],
])("%s is not let in", async (_name, pair) => {
  const { raw } = openFolder({ password: "secret" });
  const response = await raw({ method: "GET", headers: { Authorization: `Basic ${Buffer.from(pair).toString("base64")}` } });
  expect(response.status).toBe(401);
});

test("the cookie of an earlier call stands in for credentials, until it expires", async () => {
  const { emulator, raw } = openFolder();
  const first = await raw({ method: "GET" });
  const [cookie = ""] = (first.headers.get("Set-Cookie") ?? "").split(";");
  expect(cookie).toMatch(/^CbrAuth=./);
  const again = (): Promise<Response> => raw({ method: "GET", isAnonymous: true, headers: { Cookie: `ASLBSA=1; ${cookie}` } });
  expect((await again()).status).toBe(200);
  emulator.faults.expireSessions();
  expect((await again()).status).toBe(401);
});

test("HelloWorld answers on both services, in many lines, with a clock in the server's own zone", async () => {
  const { raw, emulator } = openFolder({ timeZone: "Asia/Tokyo", version: "14.0.0.800" });
  const body = envelope(`<HelloWorld xmlns="${RETAIL}"><text>ping</text><clientContext><DatabaseId>${emulator.credentials.folderId}</DatabaseId></clientContext></HelloWorld>`);
  for (const path of ["/CustomerWcfService.svc", "/WorkerProcessService.svc"]) {
    const { status, result } = await readAnswer(await raw({ path, body, headers: soapHeaders("HelloWorld") }), "HelloWorld");
    expect(status).toBe(200);
    expect(result.split("\n").map((line: string) => line.trim())).toEqual(
      expect.arrayContaining(["Now : 2026-01-15T17:10:20", "InputText : ping", "DataBaseId : 90000001_001_TEST", "CurrentCulture : en-US", "CBR Version : (14.0.0.800)"]),
    );
  }
});

test("the clock may be written as the user's culture has it", async () => {
  const hello = (culture: "en-US" | "fr-FR"): Promise<{ result: string }> => openFolder({ culture, behaviour: { helloWorldClock: "culture" } }).call("HelloWorld", "<text/>");
  expect((await hello("fr-FR")).result).toContain("Now : 15/01/2026 09:10:20");
  expect((await hello("en-US")).result).toContain("Now : 1/15/2026 9:10:20 AM");
});

test("an action that the service does not have is not supported", async () => {
  const { call, raw } = openFolder();
  const wrong = await call("DeleteCustomer", "");
  expect([wrong.status, wrong.text.includes("ActionNotSupported"), wrong.text.includes("<detail>")]).toEqual([500, true, false]);
  const missing = await raw({ body: envelope(""), headers: { "Content-Type": "text/xml" } });
  expect([missing.status, (await missing.text()).includes("ActionNotSupported")]).toEqual([500, true]);
  const worker = await raw({ path: "/WorkerProcessService.svc", body: envelope(""), headers: soapHeaders("GetCustomerDetail") });
  expect((await worker.text()).includes("ActionNotSupported")).toBe(true);
});

test("a body that is not the action's operation is refused", async () => {
  const { raw } = openFolder();
  const response = await raw({ body: envelope(`<GetCustomerDetail xmlns="${RETAIL}"/>`), headers: soapHeaders("UpdateCustomer") });
  expect((await readAnswer(response, "UpdateCustomer")).fault).toContain("Expected to find node type 'Element' with name 'UpdateCustomer'");
});

test("another folder's data is not to be had", async () => {
  const { call } = openFolder();
  const other = await call("GetCustomerDetail", "<customerId>1</customerId>", { context: "<clientContext><DatabaseId>90000001_002_TEST</DatabaseId></clientContext>" });
  const none = await call("GetCustomerDetail", "<customerId>1</customerId>", { context: "" });
  expect(other.fault).toContain("CBR99001");
  expect(none.fault).toContain("CBR99001");
});

test.each(["application/soap+xml; charset=utf-8", "application/json", "text/xml; charset=iso-8859-1"])("%s is no content type of SOAP 1.1", async (type) => {
  const { raw } = openFolder();
  const response = await raw({ body: envelope(""), headers: { ...soapHeaders("HelloWorld"), "Content-Type": type } });
  expect(response.status).toBe(415);
});

test("a document that declares a type is not read", async () => {
  const { raw, emulator } = openFolder();
  const body = `<!DOCTYPE x [<!ENTITY e "x">]>${envelope("&e;").replace(/^<\?xml[^>]*>/, "")}`;
  const response = await raw({ body, headers: soapHeaders("AddNewCustomer") });
  expect([response.status, await response.text(), emulator.customers.list()]).toEqual([400, "", []]);
});

test.each([
  ["tags that do not match", "<LastName>a</FirstName>"],
  ["a bare ampersand", "<LastName>a & b</LastName>"],
  ["an entity of HTML", "<LastName>&eacute;</LastName>"],
  ["a prefix without a namespace", "<x:LastName>a</x:LastName>"],
  ["a control character", "<LastName>a\u0001</LastName>"],
  ["a control character by its number", "<LastName>a&#1;</LastName>"],
])("%s: a fault of deserialisation, without detail", async (_name, members) => {
  const { add, emulator } = openFolder();
  const { status, fault, text } = await add(members);
  expect([status, fault.startsWith("The formatter threw an exception"), text.includes("<detail>")]).toEqual([500, true, false]);
  expect(emulator.customers.list()).toEqual([]);
});

test("what a name is made of comes back as it was sent", async () => {
  const folder = openFolder();
  const character = fc.oneof(fc.constantFrom("&", "<", ">", "'", '"', "]]>", "é", "漢", "😀", " ", "\n"), fc.string({ unit: "grapheme-ascii" }));
  await fc.assert(
    fc.asyncProperty(fc.array(character, { maxLength: 12 }), async (pieces) => {
      const text = pieces.join("");
      const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
      const { result } = await folder.add(`<LastName>Doe</LastName><Notepad>${escaped}</Notepad>`);
      expect(folder.emulator.customers.get(result)?.["Notepad"]).toBe(text);
      expect((await folder.detail(result)).text).toContain(`<CustomerId>${result}</CustomerId>`);
    }),
    { numRuns: 50 },
  );
});

test("members are read from the last one found on: what comes late, twice, unknown or elsewhere is passed over", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...WRITTEN_OUT, "Unknown"), { maxLength: 8 }), async (names) => {
      const { add, emulator } = openFolder();
      const sent = ["LastName", ...names];
      const kept: Record<string, string> = {};
      let last = -1;
      for (const [index, name] of sent.entries()) {
        const position = WRITTEN_OUT.indexOf(name);
        if (position <= last) continue;
        last = position;
        kept[name] = `V${index}`;
      }
      await add(sent.map((name, index) => `<${name}>V${index}</${name}>`).join(""));
      const [stored] = emulator.customers.list();
      for (const name of WRITTEN_OUT.slice(0, -1)) expect(stored?.[name]).toBe(kept[name] ?? "");
    }),
    { numRuns: 60 },
  );
});

test("a member that comes first and belongs last takes all the others with it", async () => {
  const { add, update, emulator } = openFolder();
  const { result } = await add("<LastName>Doe</LastName>");
  expect((await update(result, "<Notepad>n</Notepad><LastName>Roe</LastName><OptinEmail>BrandOnly</OptinEmail>")).status).toBe(200);
  expect(emulator.customers.get(result)).toMatchObject({ LastName: "Doe", Notepad: "n", OptinEmail: "AskCustomer" });
});

test("a member of another namespace is none", async () => {
  const { add, emulator } = openFolder();
  const { result } = await add('<FirstName xmlns="">Jane</FirstName><LastName>Doe</LastName><ShortName xmlns="http://tempuri.org/">JD</ShortName>');
  expect(emulator.customers.get(result)).toMatchObject({ FirstName: "", LastName: "Doe", ShortName: "" });
});

test("an operand that comes after a later one is lost", async () => {
  const { call, emulator } = openFolder();
  const context = `<clientContext><DatabaseId>${emulator.credentials.folderId}</DatabaseId></clientContext>`;
  const { status, fault } = await call("AddNewCustomer", `${context}<customerData><LastName>Doe</LastName></customerData>`, { context: "" });
  expect([status, fault.includes("customerData")]).toEqual([500, true]);
});

test.each([
  ["a boolean", "<IsCompany>yes</IsCompany>"],
  ["a boolean of French", "<DirectMail>vrai</DirectMail>"],
  ["a number", "<BirthDateData><BirthDateDay>1.5</BirthDateDay></BirthDateData>"],
  ["a number that is too great", "<BirthDateData><BirthDateDay>2147483648</BirthDateDay></BirthDateData>"],
  ["a date with a space", "<LastModificationDate>2026-01-15 10:00:00</LastModificationDate>"],
  ["a date that does not exist", "<LastModificationDate>2026-02-30T10:00:00</LastModificationDate>"],
  ["a literal", "<OptinEmail>ENS</OptinEmail>"],
  ["a literal in lower case", "<OptinEmail>brandOnly</OptinEmail>"],
  ["an empty literal", "<OptinEmail/>"],
  ["a text with an element in it", "<LastName><b>Doe</b></LastName>"],
  ["nil where nothing can be null", '<IsCompany i:nil="true"/>'],
])("%s that is none is a fault of deserialisation", async (_name, member) => {
  const { add } = openFolder();
  const { status, fault, text } = await add(member);
  expect([status, fault.startsWith("The formatter threw an exception"), text.includes("<detail>")]).toEqual([500, true, false]);
});

test("booleans may be digits, and white space around values is nothing", async () => {
  const { add, emulator } = openFolder();
  const { result } = await add("<LastName>Doe</LastName><DirectMail> 1 </DirectMail><OptinEmail>\n BrandOnly </OptinEmail><ValidEmail>0</ValidEmail>");
  expect(emulator.customers.get(result)).toMatchObject({ DirectMail: true, OptinEmail: "BrandOnly", ValidEmail: false });
});

test("nil on a value may count as absent, if told so", async () => {
  const { add, emulator } = openFolder({ behaviour: { nilValues: "asAbsent" } });
  const { result } = await add('<IsCompany i:nil="true"/><LastName>Doe</LastName>');
  expect(emulator.customers.get(result)).toMatchObject({ IsCompany: false, LastName: "Doe" });
});

test.each([
  ["2026-07-01T12:00:00", {}, "2026-07-01T12:00:00"],
  ["2026-07-01T12:00:00Z", {}, "2026-07-01T14:00:00"],
  ["2026-07-01T12:00:00.123+05:30", {}, "2026-07-01T08:30:00"],
  ["2026-07-01T12:00:00Z", { utcDates: "kept" }, "2026-07-01T12:00:00"],
  ["2026-07-01T12:00:00", { userDatePrecision: "day" }, "2026-07-01T00:00:00"],
] as const)("the date %s with %o is kept as %s, in the server's zone", async (sent, behaviour, kept) => {
  const { add, detail } = openFolder({ behaviour });
  const { result } = await add(`<LastName>Doe</LastName><UserDefinedDates><UserDefinedDate><Id>2</Id><Value>${sent}</Value></UserDefinedDate></UserDefinedDates>`);
  expect((await detail(result)).part("UserDefinedDates.UserDefinedDate")).toEqual({ Id: "2", Value: kept });
});

test("answers have every member in the contract's order, blanks as the folder writes them", async () => {
  const blanks = { empty: "<Barcode/>", nil: '<Barcode i:nil="true"', absent: "" };
  for (const blankStrings of ["empty", "nil", "absent"] as const) {
    const { add, detail } = openFolder({ behaviour: { blankStrings } });
    const { text } = await detail((await add("<LastName>Doe</LastName>")).result);
    if (blankStrings === "absent") expect(text).not.toContain("<Barcode");
    else expect(text).toContain(blanks[blankStrings]);
    expect(text.indexOf("<VATSystem") < text.indexOf("<ValidAlternativeEmail")).toBe(true);
    expect(text).toMatch(/<BirthDateData><BirthDateDay>1<\/BirthDateDay><BirthDateMonth>1<\/BirthDateMonth><BirthDateYear>1900<\/BirthDateYear><\/BirthDateData>/);
  }
});

test("a bare carriage return is written so that it survives", async () => {
  const { add, detail } = openFolder();
  const { result } = await add("<LastName>Doe</LastName><Notepad>a&#13;b\r\nc</Notepad>");
  expect((await detail(result)).text).toContain("<Notepad>a&#xD;b\nc</Notepad>");
});

test("the WSDL has every class in the order of the wire, base classes apart", async () => {
  const { raw } = openFolder();
  const parser = new XMLParser({ removeNSPrefix: true, ignoreAttributes: false, attributeNamePrefix: "", isArray: (name) => name === "element" || name === "schema" });
  for (const query of ["?wsdl", "?singleWsdl"]) {
    const { definitions } = parser.parse(await (await raw({ method: "GET", path: `/CustomerWcfService.svc${query}` })).text());
    const [retail] = definitions.types.schema;
    const members: Record<string, string[]> = {};
    for (const { name, sequence, complexContent } of retail.complexType) {
      const own = (sequence ?? complexContent.extension.sequence).element.map((element: { name: string }) => element.name);
      const base = complexContent?.extension.base.split(":")[1] ?? "";
      expect(own).toEqual([...own].toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))));
      members[name] = [...(members[base] ?? []), ...own];
    }
    const counts = ["CustomerInsertData", "CustomerInputData", "CustomerQueryData", "CustomerSearchDataType"].map((name) => members[name]?.length);
    expect(counts).toEqual([61, 59, 63, 44]);
    expect(definitions.targetNamespace).toBe("http://tempuri.org/");
    expect(definitions.binding.operation.map(({ name }: { name: string }) => name)).toEqual(["HelloWorld", "GetCustomerIdByReference", "GetCustomerDetail", "SearchCustomerIds", "AddNewCustomer", "UpdateCustomer"]);
    expect(definitions.service.port.address.location).toBe(`${ORIGIN}/Y2/CustomerWcfService.svc`);
  }
});

test("paths that are not there are a page, and another virtual directory is another place", async () => {
  const { raw, emulator } = openFolder({ virtualDirectory: "/CBR_12.1/" });
  expect(emulator.credentials.basePath).toBe("/CBR_12.1");
  expect((await raw({ method: "GET", path: "/LoyaltyWcfService.svc" })).status).toBe(404);
  expect((await raw({ method: "GET" })).status).toBe(200);
  expect((await raw({ method: "PUT" })).status).toBe(405);
  const elsewhere = await emulator.handle(new Request(`${ORIGIN}/Y2/CustomerWcfService.svc`, { headers: { Authorization: basic(emulator) } }));
  expect(elsewhere.status).toBe(404);
});

test("every emulator has its own password unless it is told one", () => {
  const [one, other] = [createCegidRetailEmulator({ now: () => NOW }), createCegidRetailEmulator({ now: () => NOW })];
  expect(one.credentials.password).not.toBe(other.credentials.password);
});
