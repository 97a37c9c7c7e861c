import { XMLParser } from "fast-xml-parser";
import { expect, test } from "vitest";
import type { CegidRetailEmulatorOptions } from "@volenti/emulators";
import { openFolder } from "./cegid-folder.ts";

const DOE = "<LastName>Doe</LastName>";

async function faultOf(members: string, options: CegidRetailEmulatorOptions = {}): Promise<string> {
  const { add, emulator } = openFolder(options);
  const { status, fault } = await add(members);
  expect(emulator.customers.list()).toHaveLength(status === 200 ? 1 : 0);
  return fault;
}

test.each([
  ["no last name", "<FirstName>Jane</FirstName>", "CBR99003"],
  ["a blank last name", "<LastName> </LastName>", "CBR99003"],
  ["no name of a company", "<IsCompany>true</IsCompany>", "CBR99003"],
  ["a last name of 36 characters", `<LastName>${"x".repeat(36)}</LastName>`, "CBR99004"],
  ["a city of 71 characters", `<AddressData><City>${"x".repeat(71)}</City></AddressData>${DOE}`, "CBR99004"],
  ["a barcode of 18 characters", `${DOE}<Barcode>${"1".repeat(18)}</Barcode>`, "CBR99004"],
  ["a user-defined text of 36 characters", `${DOE}<UserDefinedTexts><UserDefinedText><Id>1</Id><Value>${"x".repeat(36)}</Value></UserDefinedText></UserDefinedTexts>`, "CBR99004"],
  ["a store that does not exist", `${DOE}<UsualStoreId>999</UsualStoreId>`, "CBR99005"],
  ["a title that does not exist", `${DOE}<TitleId>Sir</TitleId>`, "CBR99005"],
  ["a language of two letters", `${DOE}<LanguageId>fr</LanguageId>`, "CBR99005"],
  ["a sex that the folder has no letter for", `${DOE}<Sex>female</Sex>`, "CBR99005"],
  ["a nationality of two letters", `${DOE}<NationalityId>FR</NationalityId>`, "CBR99005"],
  ["a salesperson who does not exist", `${DOE}<SalesPersonId>V999</SalesPersonId>`, "CBR99005"],
  ["a code that its user-defined table lacks", `${DOE}<UserDefinedData><UserDefinedTable1Value>X</UserDefinedTable1Value></UserDefinedData>`, "CBR99005"],
  ["a user-defined table that is empty", `${DOE}<UserDefinedData><UserDefinedTable9Value>S</UserDefinedTable9Value></UserDefinedData>`, "CBR99005"],
  ["a country of two letters that is not said to be one", `<AddressData><CountryId>FR</CountryId></AddressData>${DOE}`, "CBR99005"],
  ["a country that does not exist", `<AddressData><CountryId>XX</CountryId><CountryIdType>ISO2</CountryIdType></AddressData>${DOE}`, "CBR99005"],
  ["e-mailing without an e-mail", `<EmailData><EmailingAccepted>true</EmailingAccepted></EmailData>${DOE}`, "CBR99009"],
  ["a user field that does not exist", `${DOE}<UserFields><UserField><Id>99</Id><TextValue>x</TextValue><ValueType>TextValueKind</ValueType></UserField></UserFields>`, "CBR99011"],
  ["a user field of another kind", `${DOE}<UserFields><UserField><Id>1</Id><NumberValue>1</NumberValue><ValueType>NumberValueKind</ValueType></UserField></UserFields>`, "CBR99011"],
  ["a user field whose kind was lost on the way", `${DOE}<UserFields><UserField><Id>1</Id><ValueType/><TextValue>x</TextValue></UserField></UserFields>`, "formatter"],
  ["a user field without a kind, which is a boolean then", `${DOE}<UserFields><UserField><Id>1</Id><TextValue>x</TextValue></UserField></UserFields>`, "CBR99011"],
  ["a list element that cannot be chosen", `${DOE}<UserFields><UserField><Id>41</Id><ListElementValue>Z</ListElementValue><ValueType>ListElementValueKind</ValueType></UserField></UserFields>`, "CBR99005"],
  ["the 32nd", `${DOE}<BirthDateData><BirthDateDay>32</BirthDateDay><BirthDateMonth>1</BirthDateMonth><BirthDateYear>1990</BirthDateYear></BirthDateData>`, "CBR99008"],
  ["the 29th of February of no leap year", `${DOE}<BirthDateData><BirthDateDay>29</BirthDateDay><BirthDateMonth>2</BirthDateMonth><BirthDateYear>1991</BirthDateYear></BirthDateData>`, "CBR99008"],
  ["a 13th month", `${DOE}<BirthDateData><BirthDateDay>1</BirthDateDay><BirthDateMonth>13</BirthDateMonth><BirthDateYear>1990</BirthDateYear></BirthDateData>`, "CBR99008"],
  ["a year before 1900", `${DOE}<BirthDateData><BirthDateDay>1</BirthDateDay><BirthDateMonth>1</BirthDateMonth><BirthDateYear>1899</BirthDateYear></BirthDateData>`, "CBR99008"],
  ["a CPF whose key is wrong", `<CpfCnpjCode>52998224724</CpfCnpjCode>${DOE}`, "CBR99008"],
])("%s is refused", async (_name, members, code) => {
  expect(await faultOf(members)).toContain(code);
});

test.each([
  ["the longest names", `<LastName>${"x".repeat(35)}</LastName><Barcode>${"1".repeat(17)}</Barcode>`],
  ["a company", `<IsCompany>true</IsCompany>${DOE}`],
  ["a CPF", `<CpfCnpjCode>52998224725</CpfCnpjCode>${DOE}`],
  ["a CNPJ", `<CpfCnpjCode>11222333000181</CpfCnpjCode>${DOE}`],
  ["codes that exist", `${DOE}<SalesPersonId>V001</SalesPersonId><TitleId>MRS</TitleId><UserDefinedData><UserDefinedTable1Value>S</UserDefinedTable1Value></UserDefinedData><UsualStoreId>002</UsualStoreId><LanguageId>FRA</LanguageId><NationalityId>TUN</NationalityId><Sex>F</Sex>`],
])("%s is accepted", async (_name, members) => {
  expect(await faultOf(members)).toBe("");
});

test("texts are cut where the folder cuts them", async () => {
  const { add, emulator } = openFolder({ behaviour: { tooLong: "truncate" }, lengths: { FirstName: 3 } });
  const { result } = await add(`<FirstName>Janet</FirstName>${DOE}`);
  expect(emulator.customers.get(result)?.["FirstName"]).toBe("Jan");
});

test.each([
  ["FR", "ISO2", "FRA"],
  ["DEU", "ISO3", "DEU"],
  ["076", "ISO3Numeric", "BRA"],
  ["CHN", "Internal", "CHN"],
])("the country %s as %s comes back in the folder's own code", async (id, type, own) => {
  const address = `<AddressData><CountryId>${id}</CountryId><CountryIdType>${type}</CountryIdType></AddressData>${DOE}`;
  const { add, detail, update } = openFolder();
  const { result } = await add(address);
  await update(result, "<AddressData><City>Lyon</City></AddressData>");
  expect((await detail(result)).part("AddressData")).toMatchObject({ CountryId: own, CountryIdType: "Internal", City: "Lyon" });
  const asWritten = openFolder({ behaviour: { countryOnRead: "asWritten" } });
  const { result: other } = await asWritten.add(address);
  expect((await asWritten.detail(other)).part("AddressData")).toMatchObject({ CountryId: id, CountryIdType: type });
});

test.each([
  ["a day and a month", "<BirthDateDay>29</BirthDateDay><BirthDateMonth>2</BirthDateMonth>", [29, 2, 1900]],
  ["a whole date", "<BirthDateDay>29</BirthDateDay><BirthDateMonth>2</BirthDateMonth><BirthDateYear>1992</BirthDateYear>", [29, 2, 1992]],
  ["nothing", "", [1, 1, 1900]],
  ["the first of January 1900", "<BirthDateDay>1</BirthDateDay><BirthDateMonth>1</BirthDateMonth><BirthDateYear>1900</BirthDateYear>", [1, 1, 1900]],
])("a birthday of %s is kept", async (_name, members, [day, month, year]) => {
  const { add, emulator } = openFolder();
  const { result } = await add(`${DOE}<BirthDateData>${members}</BirthDateData>`);
  expect(emulator.customers.get(result)?.["BirthDateData"]).toEqual({ BirthDateDay: day, BirthDateMonth: month, BirthDateYear: year });
});

test("user fields keep the value of their kind and no other", async () => {
  const { add, detail } = openFolder();
  const fields = [
    "<UserField><DateValue>2026-01-01T10:00:00</DateValue><Id>1</Id><TextValue>x</TextValue><ValueType>TextValueKind</ValueType></UserField>",
    "<UserField><DateValue>2026-01-01T10:00:00</DateValue><Id>11</Id><ValueType>DateValueKind</ValueType></UserField>",
    "<UserField><Id>21</Id><NumberValue>1768464620000</NumberValue><ValueType>NumberValueKind</ValueType></UserField>",
  ];
  const { result } = await add(`${DOE}<UserFields>${fields.join("")}</UserFields>`);
  expect((await detail(result)).part("UserFields.UserField")).toMatchObject([
    { Id: "1", TextValue: "x", DateValue: "1900-01-01T00:00:00", ValueType: "TextValueKind" },
    { Id: "11", DateValue: "2026-01-01T10:00:00", ValueType: "DateValueKind" },
    { Id: "21", NumberValue: "1768464620000", ValueType: "NumberValueKind" },
  ]);
});

test("a user field goes by its id and its kind, one field of the list or many", async () => {
  const { add, detail } = openFolder({ tables: { userFields: [{ id: 7, kind: "TextValueKind" }] } });
  const { result } = await add(`${DOE}<UserFields><UserField><Id>7</Id><TextValue>x</TextValue><ValueType>TextValueKind</ValueType></UserField></UserFields>`);
  expect((await detail(result)).part("UserFields.UserField")).toMatchObject({ Id: "7", TextValue: "x" });
});

test.each(["ab@example.com", "jane@example", "jane.example.com", "jane@example.com."])("the address %s is marked as incorrect, or refused where the folder refuses it", async (address) => {
  const members = `<EmailData><Email>${address}</Email></EmailData>${DOE}<ValidEmail>true</ValidEmail>`;
  const { add, emulator } = openFolder();
  const { result } = await add(members);
  expect(emulator.customers.get(result)).toMatchObject({ EmailData: { Email: address }, ValidEmail: false });
  expect(await faultOf(members, { behaviour: { malformedEmail: "fault" } })).toContain("CBR99008");
});

const OPT_INS = ["OptinAlternativeEmail", "OptinEmail", "OptinHomePhone", "OptinMobile", "OptinOfficePhone", "OptinPostal"];
const optIns = (values: readonly string[]): string => DOE + OPT_INS.map((name, index) => `<${name}>${values[index] ?? "AskCustomer"}</${name}>`).join("");
const [B, D, A] = ["BrandOnly", "DoNotUse", "AskCustomer"];

test.each([
  ["global", [B, B, B, B, B, B], true],
  ["global", [B, B, B, D, B, B], false],
  ["global", [B, B, B, B, B, A], false],
  ["channel", [B, B, D, D, D, A], true],
  ["channel", [A, B, D, D, D, A], false],
  ["channel", [B, B, D, B, D, A], false],
  ["item", [A, B, D, B, "ForPartners", A], true],
] as const)("under the %s privacy level, %j is accepted: %s", async (privacyLevel, values, isAccepted) => {
  const fault = await faultOf(optIns(values), { privacyLevel });
  expect(fault === "").toBe(isAccepted);
  if (!isAccepted) expect(fault).toContain("Code = (CBR99007)");
  expect(await faultOf(optIns(values), { privacyLevel, behaviour: { privacyViolation: "accept" } })).toBe("");
});

test("an update that leaves an opt-in out breaks the level, for what is left out is reset", async () => {
  const { add, update, emulator } = openFolder({ privacyLevel: "global" });
  const { result } = await add(optIns([B, B, B, B, B, B]));
  expect((await update(result, "<OptinEmail>DoNotUse</OptinEmail>")).fault).toContain("CBR99007");
  expect((await update(result, optIns([D, D, D, D, D, D]))).status).toBe(200);
  emulator.settings.setPrivacyLevel("item");
  expect((await update(result, optIns([D, B]))).status).toBe(200);
});

test("a yes to a contact point that is not there may be refused", async () => {
  const members = `${DOE}<OptinMobile>BrandOnly</OptinMobile>`;
  expect(await faultOf(members)).toBe("");
  expect(await faultOf(members, { behaviour: { optInWithoutContact: "fault" } })).toContain("CBR99010");
});

test("a barcode belongs to one customer", async () => {
  const { add, update, emulator } = openFolder();
  const { result: first } = await add(`${DOE}<Barcode>0033612</Barcode>`);
  expect((await add(`${DOE}<Barcode>0033612</Barcode>`)).fault).toContain("CBR99006");
  const { result: second } = await add(`${DOE}<Barcode>33612</Barcode>`);
  expect((await update(second, "<Barcode>0033612</Barcode>")).fault).toContain("CBR99006");
  expect((await update(first, "<Barcode>0033612</Barcode>")).status).toBe(200);
  expect(emulator.customers.get(second)?.["Barcode"]).toBe("33612");
});

test("a phone number belongs to one customer where the folder controls it, however it is written", async () => {
  const phone = (number: string): string => `${DOE}<PhoneData><CellularPhoneNumber>${number}</CellularPhoneNumber></PhoneData>`;
  const { add } = openFolder({ behaviour: { duplicatePhones: "fault" } });
  await add(phone("+33 6 39 98 00 01"));
  const again = await add(phone("+33639980001"));
  expect(again.fault).toContain("Code = (CBR00450)");
  expect(again.fault).toContain("already exists");
  const lax = openFolder();
  await lax.add(phone("+33639980001"));
  expect((await lax.add(phone("+33639980001"))).status).toBe(200);
});

test("an old bad value fails every update, whatever the update is about", async () => {
  const { add, update, emulator } = openFolder();
  const { result } = await add(`${DOE}<SalesPersonId>V002</SalesPersonId>`);
  emulator.settings.setTables({ salespeople: ["V001"] });
  expect((await update(result, "<OptinEmail>DoNotUse</OptinEmail>")).fault).toContain("SalesPersonId");
  emulator.customers.change({ customerId: result, values: { SalesPersonId: "", LastName: "x".repeat(80) } });
  expect((await update(result, "<OptinEmail>DoNotUse</OptinEmail>")).fault).toContain("LastName");
  expect(emulator.customers.get(result)?.["OptinEmail"]).toBe("AskCustomer");
  emulator.customers.change({ customerId: result, values: { LastName: "Doe" } });
  expect((await update(result, "<OptinEmail>DoNotUse</OptinEmail>")).status).toBe(200);
});

test("a company stays a company: an update that leaves the flag out is refused", async () => {
  const { add, update } = openFolder();
  const { result } = await add(`<IsCompany>true</IsCompany>${DOE}`);
  expect((await update(result, "<Notepad>n</Notepad>")).fault).toContain("CBR99012");
  expect((await update(result, "<IsCompany>true</IsCompany><Notepad>n</Notepad>")).status).toBe(200);
  const lax = openFolder({ behaviour: { kindChange: "accept" } });
  const { result: other } = await lax.add(`<IsCompany>true</IsCompany>${DOE}`);
  expect((await lax.update(other, "<Notepad>n</Notepad>")).status).toBe(200);
});

test("a refusal has the captured shape: four levels, the reason in the deepest, one code that says nothing", async () => {
  const { add } = openFolder();
  const { status, headers, text } = await add("");
  expect([status, headers.get("Content-Type")]).toEqual([500, "text/xml; charset=utf-8"]);
  const { "s:Fault": fault } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "@" }).parse(text)["s:Envelope"]["s:Body"];
  expect(fault.faultcode).toEqual({ "#text": "a:CBR_001_0003", "@xmlns:a": "http://www.cegid.fr/fault" });
  expect(fault.faultstring["@xml:lang"]).toBe("en-US");
  const levels: { Message: string; Id: string; TrackingId?: string }[] = [];
  for (let level = fault.detail.CbpExceptionDetail; level !== undefined; level = level.InnerException) levels.push(level);
  expect(levels.map(({ Message }) => /^Remote call failed: Code = \((\w+)\) Message = \(\1 : .*\(T\w+\.\w+\)\)$/.exec(Message)?.[1])).toEqual(["WP006", "WP008", "CBR99000", "CBR99003"]);
  expect(levels.map(({ Id }) => Id)).toEqual(Array.from({ length: 4 }, () => "CBR_001_0003"));
  expect(levels[0]?.TrackingId).toMatch(/^[0-9a-f-]{36}$/);
  expect(levels.slice(1).every((level) => level.TrackingId === undefined)).toBe(true);
  expect(text).toContain('<InnerException i:type="CbpExceptionDetail"><InnerException i:type="CbpExceptionDetail"><InnerException i:type="CbpExceptionDetail"><Message>');
});

test("refusals may have the declared shape instead, with the members", async () => {
  const { add } = openFolder({ privacyLevel: "channel", behaviour: { faultShape: "business" } });
  const { text } = await add(optIns([A, B]));
  const { Fault } = new XMLParser({ removeNSPrefix: true }).parse(text).Envelope.Body;
  expect(Fault.faultcode).toBe("a:CBR99007");
  expect(Object.keys(Fault.detail.BusinessFaultDetail)).toEqual(["Cause", "Description", "Id", "Message", "SourceLocation", "ToDo", "MemberNames"]);
  expect(Fault.detail.BusinessFaultDetail.MemberNames.string).toEqual(["OptinEmail", "OptinAlternativeEmail"]);
});

test("faults speak the user's language, codes do not", async () => {
  const { add } = openFolder({ culture: "fr-FR" });
  const { text, fault } = await add("");
  expect(text).toContain('xml:lang="fr-FR"');
  expect(fault).toContain("CBR99003 : Le champ LastName est obligatoire");
});
