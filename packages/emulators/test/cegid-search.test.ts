import { expect, test } from "vitest";
import type { CegidRetailEmulatorOptions, DataRecord } from "@volenti/emulators";
import { idsOf, openFolder, type OpenFolder } from "./cegid-folder.ts";

const PEOPLE: readonly DataRecord[] = [
  { CustomerId: "A", LastName: "Doe", FirstName: "Jane", EmailData: { Email: "jane@example.com" }, AddressData: { CountryId: "FRA", City: "Lyon" }, BirthDateData: { BirthDateDay: 3, BirthDateMonth: 4, BirthDateYear: 1990 } },
  { CustomerId: "B", LastName: "Doe", FirstName: "John", PhoneData: { CellularPhoneNumber: "+33639980001" }, NationalityId: "TUN", IsProspect: true },
  { CustomerId: "C", LastName: "Roe", EmailData: { Email: "Jane@Example.com" }, Barcode: "0033612", Closed: true, UserDefinedTexts: [{ Id: "1", Value: "x" }] },
];

function openWithPeople(options: CegidRetailEmulatorOptions = {}): OpenFolder {
  const folder = openFolder(options);
  for (const person of PEOPLE) folder.emulator.customers.add(person);
  return folder;
}

test.each([
  ["a name", "<LastName>Doe</LastName>", ["A", "B"]],
  ["two criteria", "<FirstName>Jane</FirstName><LastName>Doe</LastName>", ["A"]],
  ["an e-mail, in its own case", "<EmailData><Email>jane@example.com</Email></EmailData>", ["A"]],
  ["a mobile number", "<PhoneData><CellularPhoneNumber>+33639980001</CellularPhoneNumber></PhoneData>", ["B"]],
  ["a barcode with its zeros", "<Barcode>0033612</Barcode>", ["C"]],
  ["a barcode without its zeros", "<Barcode>33612</Barcode>", []],
  ["those who are closed", "<Closed>true</Closed>", ["C"]],
  ["those who are not closed", "<Closed>false</Closed>", ["A", "B"]],
  ["an id", "<CustomerId>B</CustomerId>", ["B"]],
  ["a country", "<AddressData><CountryId>FR</CountryId><CountryIdType>ISO2</CountryIdType></AddressData>", ["A"]],
  ["a birthday", "<BirthDateData><BirthDateDay>3</BirthDateDay><BirthDateMonth>4</BirthDateMonth></BirthDateData>", ["A"]],
  ["a nationality", "<NationalityData><ISO3Num>788</ISO3Num></NationalityData>", ["B"]],
  ["customers, not prospects", "<IsCustomer>true</IsCustomer>", ["A", "C"]],
  ["a user-defined text", "<UserDefinedTexts><UserDefinedText><Id>1</Id><Value>x</Value></UserDefinedText></UserDefinedTexts>", ["C"]],
  ["a limit of one", "<LastName>Doe</LastName><MaxNumberOfCustomers>1</MaxNumberOfCustomers>", ["A"]],
  ["nobody", "<LastName>Poe</LastName>", []],
])("a search for %s finds who has it", async (_name, members, ids) => {
  const answer = await openWithPeople().search(members);
  expect([answer.status, idsOf(answer)]).toEqual([200, ids]);
});

test("a search whose criteria were dropped finds whoever comes first", async () => {
  const { search } = openWithPeople();
  const late = await search("<MaxNumberOfCustomers>2</MaxNumberOfCustomers><PhoneData><CellularPhoneNumber>+33639980001</CellularPhoneNumber></PhoneData>");
  expect(idsOf(late)).toEqual(["A", "B"]);
  expect(idsOf(await search(""))).toEqual(["A", "B", "C"]);
  expect(idsOf(await search("<EmailData><Email/></EmailData>"))).toEqual(["A", "B", "C"]);
});

test.each([
  ["exact", ["A"]],
  ["caseInsensitive", ["A", "C"]],
] as const)("matching %s finds %j", async (searchMatch, ids) => {
  const { search } = openWithPeople({ behaviour: { searchMatch } });
  expect(idsOf(await search("<EmailData><Email>jane@example.com</Email></EmailData>"))).toEqual(ids);
});

test("matching by prefix finds more than was asked for", async () => {
  const { search } = openWithPeople({ behaviour: { searchMatch: "prefix" } });
  expect(idsOf(await search("<EmailData><Email>jane@</Email></EmailData>"))).toEqual(["A", "C"]);
});

test("results are filled with the id alone: the rest reads as if nobody had ever answered", async () => {
  const { search, emulator } = openWithPeople();
  emulator.customers.changeOptIns({ customerId: "A", optIns: { OptinEmail: "DoNotUse" } });
  const { part } = await search("<CustomerId>A</CustomerId>");
  expect(part("CustomerQueryData")).toMatchObject({ CustomerId: "A", LastName: "", OptinEmail: "AskCustomer", EmailData: { Email: "" } });
});

test("results may be filled with more, or with all", async () => {
  const some = await openWithPeople({ behaviour: { searchResultFields: ["LastName"] } }).search("<CustomerId>A</CustomerId>");
  expect(some.part("CustomerQueryData")).toMatchObject({ LastName: "Doe", FirstName: "" });
  const all = await openWithPeople({ behaviour: { searchResultFields: "all" } }).search("<CustomerId>A</CustomerId>");
  expect(all.part("CustomerQueryData")).toMatchObject({ LastName: "Doe", FirstName: "Jane", EmailData: { Email: "jane@example.com" } });
});

test("nothing found may be a fault", async () => {
  const { status, fault } = await openWithPeople({ behaviour: { nothingFound: "fault" } }).search("<LastName>Poe</LastName>");
  expect([status, fault]).toEqual([500, expect.stringContaining("CBR99016")]);
});

test("closed customers may be left out unless they are asked for", async () => {
  const { search } = openWithPeople({ behaviour: { closedInSearch: "left out" } });
  expect(idsOf(await search("<LastName>Roe</LastName>"))).toEqual([]);
  expect(idsOf(await search("<LastName>Roe</LastName><Closed>true</Closed>"))).toEqual(["C"]);
});

test("a date of change is no criterion, or one where the folder takes it so", async () => {
  const since = "<LastModificationDate>2027-01-01T00:00:00</LastModificationDate>";
  expect(idsOf(await openWithPeople().search(since))).toEqual(["A", "B", "C"]);
  expect(idsOf(await openWithPeople({ behaviour: { modificationCriterion: "since" } }).search(since))).toEqual([]);
});

test("a reference is a criterion of its own, and merged customers are not found", async () => {
  const { search, emulator } = openWithPeople();
  emulator.customers.setExternalReference({ customerId: "B", externalReference: "EXT1" });
  expect(idsOf(await search("<CustomerReference>EXT1</CustomerReference>"))).toEqual(["B"]);
  emulator.customers.merge({ from: "B", into: "A" });
  expect(idsOf(await search("<CustomerReference>EXT1</CustomerReference>"))).toEqual([]);
});

test("unless told how many, a search finds a hundred at most", async () => {
  const { search, emulator } = openFolder();
  for (let count = 0; count < 120; count += 1) emulator.customers.add({ LastName: "Doe" });
  expect(idsOf(await search("<LastName>Doe</LastName>"))).toHaveLength(100);
  expect(idsOf(await search("<LastName>Doe</LastName><MaxNumberOfCustomers>110</MaxNumberOfCustomers>"))).toHaveLength(110);
});

test("a search finds what stands now, not what stood, in the order in which customers came", async () => {
  const { search, update, emulator } = openWithPeople();
  emulator.customers.change({ customerId: "A", values: { EmailData: { Email: "new@example.com" } } });
  await update("B", "<EmailData><Email>new@example.com</Email></EmailData><LastName>Doe</LastName>");
  emulator.customers.change({ customerId: "A", values: { LastName: "Doe" } });
  expect(idsOf(await search("<EmailData><Email>new@example.com</Email></EmailData>"))).toEqual(["A", "B"]);
  expect(idsOf(await search("<EmailData><Email>jane@example.com</Email></EmailData>"))).toEqual([]);
});

test("the barcode of a merged customer is free again", async () => {
  const { update, emulator } = openWithPeople();
  expect((await update("A", "<Barcode>0033612</Barcode>")).status).toBe(500);
  emulator.customers.merge({ from: "C", into: "A" });
  expect((await update("A", "<Barcode>0033612</Barcode>")).status).toBe(200);
});
