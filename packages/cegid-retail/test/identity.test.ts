import { describe, expect, it } from "vitest";
import { emailOf, itemOf, openY2Brand, OTHER_REF, OWN_ID, REF, tell, type Y2Brand } from "./support/y2-brand.ts";

const BY_EMAIL = [emailOf("ines@example.com")];
const GRANT = { status: "given" } as const;
const REFUSAL = { status: "withdrawn", at: 5 } as const;

function addCustomer(brand: Y2Brand, values: Parameters<Y2Brand["emulator"]["customers"]["add"]>[0] = {}): string {
  return brand.emulator.customers.add({ LastName: "Moreau", UsualStoreId: "001", EmailData: { Email: "ines@example.com" }, ...values });
}

describe("a customer who was there before", () => {
  it("is found by e-mail address in whatever letters, written to, and linked where there is room", async () => {
    const brand = await openY2Brand({ folder: { behaviour: { searchMatch: "caseInsensitive" } } });
    const customerId = addCustomer(brand, { EmailData: { Email: "Ines@Example.com" } });
    expect(tell((await brand.write(itemOf({ identifiers: BY_EMAIL, decisions: [GRANT] })))[0])).toEqual(["applied"]);
    expect(brand.emulator.customers.list()).toHaveLength(1);
    expect(brand.record(customerId)).toMatchObject({ OptinEmail: "BrandOnly", Barcode: OWN_ID });
  });

  it("is found by the link when the address has changed, where the whole ref is kept", async () => {
    const brand = await openY2Brand({ options: { refField: { userDefinedText: 2 } } });
    const customerId = addCustomer(brand, { Barcode: OWN_ID, EmailData: { Email: "former@example.com" }, UserDefinedTexts: [{ Id: "2", Value: REF }] });
    await brand.write(itemOf({ identifiers: BY_EMAIL, decisions: [REFUSAL] }));
    expect(brand.record(customerId)).toMatchObject({ OptinEmail: "DoNotUse" });
    expect(brand.emulator.customers.list()).toHaveLength(1);
  });

  it("keeps a card number that lies where the link would", async () => {
    const brand = await openY2Brand();
    const customerId = addCustomer(brand, { Barcode: "2000000000015" });
    await brand.write(itemOf({ identifiers: BY_EMAIL, decisions: [GRANT] }));
    expect(brand.record(customerId)).toMatchObject({ OptinEmail: "BrandOnly", Barcode: "2000000000015" });
  });

  it("is found by the next key where the first finds nobody", async () => {
    const brand = await openY2Brand();
    const customerId = addCustomer(brand, { EmailData: { Email: "" }, PhoneData: { CellularPhoneNumber: "+999123456" } });
    await brand.write(itemOf({ identifiers: [...BY_EMAIL, { kind: "phone", value: "+999123456" }], decisions: [GRANT] }));
    expect(brand.record(customerId)).toMatchObject({ OptinEmail: "BrandOnly" });
  });

  it("is nobody's where several have what was asked for", async () => {
    const brand = await openY2Brand();
    const ids = [addCustomer(brand), addCustomer(brand)];
    expect(tell((await brand.write(itemOf({ identifiers: BY_EMAIL, decisions: [GRANT] })))[0])).toEqual({ code: "conflict", providerCode: "severalCustomers" });
    expect(ids.map((id) => brand.record(id)?.["OptinEmail"])).toEqual(["AskCustomer", "AskCustomer"]);
  });

  it("is not taken from another person who is linked, whatever address they share", async () => {
    const brand = await openY2Brand();
    const item = { identifiers: BY_EMAIL, profile: { email: "ines@example.com" }, decisions: [GRANT] };
    await brand.write(itemOf({ ...item, ref: OTHER_REF }));
    expect(tell((await brand.write(itemOf(item)))[0])).toEqual(["applied"]);
    expect(brand.emulator.customers.list()).toHaveLength(2);
  });
});

describe("a fault that leaves open whether our own id is there", () => {
  const UNKNOWN = { fault: { kind: "soapFault", code: "CBR12345" }, times: 1, when: { operations: ["GetCustomerDetail"] } } as const;

  it("is settled by the one who carries the link, whoever is read first", async () => {
    const brand = await openY2Brand();
    const customerId = addCustomer(brand, { Barcode: OWN_ID });
    brand.emulator.faults.strike(UNKNOWN);
    expect(tell((await brand.write(itemOf({ identifiers: BY_EMAIL, decisions: [GRANT] })))[0])).toEqual(["applied"]);
    expect(brand.record(customerId)).toMatchObject({ OptinEmail: "BrandOnly" });
  });

  it("is settled by the customer of that id, whom another process made meanwhile", async () => {
    const brand = await openY2Brand();
    brand.emulator.faults.strike({ fault: { kind: "meanwhile", after: () => void addCustomer(brand, { CustomerId: OWN_ID }) }, times: 1, when: { operations: ["GetCustomerDetail"] } });
    expect(tell((await brand.write(itemOf({ identifiers: BY_EMAIL, decisions: [REFUSAL] })))[0])).toEqual(["applied"]);
    expect(brand.emulator.customers.list()).toMatchObject([{ CustomerId: OWN_ID, OptinEmail: "DoNotUse" }]);
  });

  it("stands where the folder has that id: nobody else is looked for, and nobody is made", async () => {
    const brand = await openY2Brand();
    const other = addCustomer(brand);
    addCustomer(brand, { CustomerId: OWN_ID, EmailData: { Email: "former@example.com" } });
    const before = brand.emulator.customers.list();
    brand.emulator.faults.strike({ ...UNKNOWN, times: 2 });
    expect(tell((await brand.write(itemOf({ identifiers: BY_EMAIL, decisions: [GRANT] })))[0])).toMatchObject({ code: "rejectedByProvider", providerCode: "CBR12345" });
    expect([brand.record(other)?.["OptinEmail"], brand.emulator.customers.list()]).toEqual(["AskCustomer", before]);
  });
});

describe("a customer who shares a phone", () => {
  const PHONE = { kind: "phone", value: "+33199000001" } as const;
  const PhoneData = { CellularPhoneNumber: PHONE.value };

  it.each([
    ["has another e-mail address", { EmailData: { Email: "jean@example.org" } }, {}],
    ["has another birthday", { EmailData: { Email: "" }, BirthDateData: { BirthDateDay: 2, BirthDateMonth: 3, BirthDateYear: 1960 } }, { birthdate: "1990-03-02" }],
    ["has another family name", { EmailData: { Email: "" } }, { familyName: "Moreau" }],
    ["is a company", { EmailData: { Email: "ines@example.com" }, LastName: "Moreau", IsCompany: true }, { familyName: "Moreau" }],
  ])("and %s is somebody else", async (_name, values, profile) => {
    const brand = await openY2Brand();
    const customerId = addCustomer(brand, { LastName: "Dupont", FirstName: "Jean", PhoneData, ...values });
    const before = brand.record(customerId);
    const [outcome] = await brand.write(itemOf({ identifiers: [...BY_EMAIL, PHONE], profile: { email: "ines@example.com", givenName: "Ines", ...profile }, decisions: [GRANT] }));
    expect(tell(outcome)).toEqual(["applied"]);
    expect(brand.record(customerId)).toEqual(before);
    expect(brand.record()).toMatchObject({ FirstName: "Ines", EmailData: { Email: "ines@example.com" } });
  });

  it.each([
    ["the name in other letters", { EmailData: { Email: "" }, LastName: "MOREAU-LEFEVRE" }, { familyName: "Moreau Lef\u00e8vre" }],
    ["the birthday without a year", { EmailData: { Email: "" }, BirthDateData: { BirthDateDay: 2, BirthDateMonth: 3, BirthDateYear: 1900 } }, { birthdate: "1990-03-02" }],
    ["the address, under another name", { LastName: "Dupont" }, { familyName: "Moreau" }],
  ])("and has %s is the person", async (_name, values, profile) => {
    const brand = await openY2Brand();
    const customerId = addCustomer(brand, { PhoneData, ...values });
    await brand.write(itemOf({ identifiers: [...BY_EMAIL, PHONE], profile, decisions: [GRANT] }));
    expect(brand.record(customerId)).toMatchObject({ OptinEmail: "BrandOnly" });
    expect(brand.emulator.customers.list()).toHaveLength(1);
  });

  it("and is a company takes a refusal that follows the person, and nothing else", async () => {
    const brand = await openY2Brand();
    const customerId = addCustomer(brand, { IsCompany: true, OptinEmail: "BrandOnly" });
    await brand.write(itemOf({ mode: "existingOnly", identifiers: BY_EMAIL, profile: { familyName: "Dupont" }, decisions: [REFUSAL] }));
    expect(brand.record(customerId)).toMatchObject({ OptinEmail: "DoNotUse", LastName: "Moreau", IsCompany: true });
  });
});

describe("an id or a link of ours in a record with contact points of somebody else", () => {
  const CONFLICT = { code: "conflict", providerCode: "contactsOfAnother" };

  it("is a conflict, and nothing is written", async () => {
    for (const [customerId, refField] of [[OWN_ID, undefined], ["88000001", { userDefinedText: 2 }]] as const) {
      const brand = await openY2Brand({ options: refField === undefined ? {} : { refField } });
      addCustomer(brand, { CustomerId: customerId, Barcode: OWN_ID, EmailData: { Email: "jean@example.org" } });
      const before = brand.emulator.customers.list();
      expect(tell((await brand.write(itemOf({ identifiers: BY_EMAIL, decisions: [GRANT] })))[0])).toEqual(CONFLICT);
      expect(brand.emulator.customers.list()).toEqual(before);
    }
  });

  it("is none where one of them agrees", async () => {
    const brand = await openY2Brand();
    addCustomer(brand, { CustomerId: OWN_ID, EmailData: { Email: "former@example.com" }, PhoneData: { CellularPhoneNumber: "+999123456" } });
    const [outcome] = await brand.write(itemOf({ identifiers: [...BY_EMAIL, { kind: "phone", value: "+999123456" }], decisions: [GRANT] }));
    expect(tell(outcome)).toEqual(["applied"]);
  });
});

describe("a search", () => {
  it("that finds strangers beside the customer writes to the customer alone", async () => {
    const brand = await openY2Brand();
    const customerId = addCustomer(brand);
    const strangers = ["a", "b"].map((name) => addCustomer(brand, { EmailData: { Email: `${name}@example.org` } }));
    brand.emulator.faults.strike({ fault: { kind: "strangers" }, when: { operations: ["SearchCustomerIds"] } });
    const link = { options: { linkField: null } };
    const [outcome] = await brand.open(link.options).intake.write({ items: [itemOf({ identifiers: BY_EMAIL, decisions: [GRANT] })], heads: [] });
    expect(tell(outcome)).toEqual(["applied"]);
    expect(brand.record(customerId)).toMatchObject({ OptinEmail: "BrandOnly" });
    expect(strangers.map((id) => brand.record(id)?.["OptinEmail"])).toEqual(["AskCustomer", "AskCustomer"]);
  });

  it("that finds strangers alone is no answer: nobody is written to, and nobody is made", async () => {
    const brand = await openY2Brand();
    const ids = ["ines", "a", "b"].map((name) => addCustomer(brand, { EmailData: { Email: `${name}@example.com` } }));
    brand.emulator.faults.strike({ fault: { kind: "strangers", areAlone: true }, when: { operations: ["SearchCustomerIds"] } });
    const [outcome] = await brand.open({ linkField: null, customerIdStrategy: "server" }).intake.write({ items: [itemOf({ identifiers: BY_EMAIL, decisions: [GRANT] })], heads: [] });
    expect(tell(outcome)).toEqual({ code: "malformedResponse", providerCode: "searchFoundStrangers" });
    expect(brand.emulator.customers.list().map(({ CustomerId, OptinEmail }) => [CustomerId, OptinEmail])).toEqual(ids.map((id) => [id, "AskCustomer"]));
  });

  it("that asks for the beginning alone finds nobody whose address is longer", async () => {
    const brand = await openY2Brand({ folder: { behaviour: { searchMatch: "prefix" } } });
    const customerId = addCustomer(brand, { EmailData: { Email: "ines@example.com.example" } });
    expect(tell((await brand.write(itemOf({ identifiers: BY_EMAIL, decisions: [GRANT] })))[0])).toEqual(["applied"]);
    expect(brand.record(customerId)).toMatchObject({ OptinEmail: "AskCustomer" });
    expect(brand.record()).toMatchObject({ OptinEmail: "BrandOnly" });
  });

  it("that finds a crowd is a conflict", async () => {
    const brand = await openY2Brand();
    for (let count = 0; count < 25; count += 1) addCustomer(brand);
    expect(tell((await brand.write(itemOf({ identifiers: BY_EMAIL, decisions: [GRANT] })))[0])).toEqual({ code: "conflict", providerCode: "searchTooWide" });
  });

  it("never asks for what no record can hold", async () => {
    const brand = await openY2Brand();
    const [outcome] = await brand.write(itemOf({ identifiers: [emailOf(""), emailOf("a\u0000@example.com"), emailOf(" ines@example.com")], decisions: [GRANT] }));
    expect(tell(outcome)).toEqual(["applied"]);
    // Our own id, the same by a search, and the link.
    expect(brand.calls().filter((name) => name === "SearchCustomerIds")).toHaveLength(2);
  });
});

describe("a customer who was closed or merged", () => {
  it("is looked for once more, and written to where they went", async () => {
    const brand = await openY2Brand();
    await brand.write(itemOf({ identifiers: BY_EMAIL, decisions: [GRANT] }));
    const customerId = addCustomer(brand);
    brand.emulator.customers.close(OWN_ID);
    expect(tell((await brand.write(itemOf({ identifiers: BY_EMAIL, decisions: [REFUSAL] })))[0])).toEqual(["applied"]);
    expect(brand.record(customerId)).toMatchObject({ OptinEmail: "DoNotUse", Barcode: OWN_ID });
    expect(brand.record()).toMatchObject({ OptinEmail: "BrandOnly" });
  });

  it("is an error that says so where nobody took their place", async () => {
    const brand = await openY2Brand();
    await brand.write(itemOf({ identifiers: BY_EMAIL, decisions: [GRANT] }));
    brand.emulator.customers.close(OWN_ID);
    expect(tell((await brand.write(itemOf({ identifiers: BY_EMAIL, decisions: [REFUSAL] })))[0])).toEqual({ code: "rejectedByProvider", providerCode: "customerClosed" });
    expect(await brand.connector.consent.listStates({ subjectRef: REF })).toEqual([]);
    expect(brand.emulator.customers.list()).toHaveLength(1);
  });

  it("is a conflict where the id is gone and cannot be given again", async () => {
    const brand = await openY2Brand();
    await brand.write(itemOf({ ref: OTHER_REF, decisions: [GRANT] }));
    await brand.write(itemOf({ decisions: [GRANT] }));
    brand.emulator.customers.merge({ from: OWN_ID, into: "VZYXWVUTSRQPONMLK" });
    expect(tell((await brand.write(itemOf({ decisions: [REFUSAL] })))[0])).toMatchObject({ code: "conflict", providerCode: "CBR00450" });
    expect(brand.emulator.customers.list()).toHaveLength(1);
  });
});

describe("a refusal that follows a person", () => {
  it("reaches everybody whom it names, and marks nobody", async () => {
    const brand = await openY2Brand();
    await brand.write(itemOf({ ref: OTHER_REF, profile: { email: "ines@example.com" }, decisions: [GRANT] }));
    const customerId = addCustomer(brand, { OptinEmail: "BrandOnly" });
    const [outcome] = await brand.write(itemOf({ mode: "existingOnly", identifiers: BY_EMAIL, decisions: [REFUSAL] }));
    expect(tell(outcome)).toEqual(["applied"]);
    expect(brand.emulator.customers.list().map(({ OptinEmail }) => OptinEmail)).toEqual(["DoNotUse", "DoNotUse"]);
    expect(brand.record(customerId)).toMatchObject({ Barcode: "" });
  });

  it("makes nobody", async () => {
    const brand = await openY2Brand();
    expect(tell((await brand.write(itemOf({ mode: "existingOnly", identifiers: BY_EMAIL, decisions: [REFUSAL] })))[0])).toBe("notHeld");
    expect(brand.emulator.customers.list()).toEqual([]);
  });
});

describe("two refs that begin alike", () => {
  it("are told apart where whole refs are kept", async () => {
    const brand = await openY2Brand({ options: { refField: { userDefinedText: 2 } } });
    await brand.write(itemOf({ decisions: [GRANT] }));
    const alike = `${REF.slice(0, 16)}7777777777`;
    expect(tell((await brand.write(itemOf({ ref: alike, decisions: [REFUSAL] })))[0])).toEqual({ code: "conflict", providerCode: "idOfAnother" });
    expect(brand.record()).toMatchObject({ OptinEmail: "BrandOnly" });
  });
});
