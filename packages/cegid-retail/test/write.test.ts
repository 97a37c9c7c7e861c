import { describe, expect, it } from "vitest";
import { emailOf, itemOf, openY2Brand, OTHER_REF, OWN_ID, REF, tell } from "./support/y2-brand.ts";

const INES = { givenName: "Inès", familyName: "Moreau", email: "ines@example.com" };
const BY_EMAIL = [emailOf("ines@example.com")];
const GRANT = { status: "given" } as const;

describe("what a write costs", () => {
  it("is the look-ups and two calls for a new customer: created and read back", async () => {
    const brand = await openY2Brand({ folder: { behaviour: { unknownCustomer: "empty" } } });
    expect(tell((await brand.write(itemOf({ identifiers: BY_EMAIL, profile: INES, decisions: [GRANT] })))[0])).toEqual(["applied"]);
    expect(brand.calls()).toEqual(["GetCustomerDetail", "SearchCustomerIds", "SearchCustomerIds", "AddNewCustomer", "GetCustomerDetail"]);
  });

  it("is one look-up and two calls for a new customer of a folder where nobody was there before", async () => {
    const brand = await openY2Brand({ folder: { behaviour: { unknownCustomer: "empty" } }, options: { matchKeys: [], linkField: null } });
    await brand.write(itemOf({ identifiers: BY_EMAIL, profile: INES, decisions: [GRANT] }));
    expect(brand.calls()).toEqual(["GetCustomerDetail", "AddNewCustomer", "GetCustomerDetail"]);
  });

  it("is a search a match key and two calls for one whom the ledger met just now: nothing can bear their ref", async () => {
    const brand = await openY2Brand();
    await brand.write(itemOf({ isNew: true, identifiers: BY_EMAIL, profile: INES, decisions: [GRANT] }));
    expect(brand.calls()).toEqual(["SearchCustomerIds", "AddNewCustomer", "GetCustomerDetail"]);
    await brand.write(itemOf({ ref: OTHER_REF, isNew: true, identifiers: [{ kind: "phone", value: "+33639980001" }], profile: { familyName: "Petit" }, decisions: [GRANT] }));
    expect(brand.calls()).toEqual(["SearchCustomerIds", "AddNewCustomer", "GetCustomerDetail"]);
  });

  it("is four calls for one whom the ledger met just now, and whom the folder held", async () => {
    const brand = await openY2Brand();
    const customerId = brand.emulator.customers.add({ LastName: "Moreau", UsualStoreId: "001", EmailData: { Email: "ines@example.com" } });
    await brand.write(itemOf({ isNew: true, identifiers: BY_EMAIL, decisions: [GRANT] }));
    expect(brand.calls()).toEqual(["SearchCustomerIds", "GetCustomerDetail", "UpdateCustomer", "GetCustomerDetail"]);
    expect(brand.record(customerId)).toMatchObject({ OptinEmail: "BrandOnly", Barcode: OWN_ID });
  });

  it("is five calls for one who carries our link, four behind two others who did, and three again for whom we named", async () => {
    const brand = await openY2Brand();
    const linkedRefs = ["b", "c", "d", "e"].map((letter) => `${letter}bcdefghijklmnopqrstuvwxyz`);
    for (const ref of linkedRefs) brand.emulator.customers.add({ LastName: "Moreau", UsualStoreId: "001", Barcode: `V${ref.slice(0, 16).toUpperCase()}` });
    await brand.write(itemOf({ isNew: true, profile: INES, decisions: [GRANT] }));
    brand.calls();
    const counts: number[] = [];
    for (const [ref, channel] of [...linkedRefs.map((each) => [each, "sms"] as const), [REF, "sms"] as const, [REF, "post"] as const]) {
      expect(tell((await brand.write(itemOf({ ref, decisions: [{ channel, status: "given", at: 60 }] })))[0])).toEqual(["applied"]);
      counts.push(brand.calls().length);
    }
    expect(counts).toEqual([5, 5, 4, 4, 4, 3]);
    expect(brand.emulator.customers.list().map(({ OptinMobile }) => OptinMobile)).toEqual(Array.from({ length: 5 }, () => "BrandOnly"));
  });

  it("is four calls for the first of a process who carries our link, where the brand has the link asked for first", async () => {
    const brand = await openY2Brand({ options: { asksLinkFirst: true } });
    const customerId = brand.emulator.customers.add({ LastName: "Moreau", UsualStoreId: "001", Barcode: OWN_ID });
    expect(tell((await brand.write(itemOf({ decisions: [GRANT] })))[0])).toEqual(["applied"]);
    expect(brand.calls()).toEqual(["SearchCustomerIds", "GetCustomerDetail", "UpdateCustomer", "GetCustomerDetail"]);
    expect(brand.record(customerId)).toMatchObject({ OptinEmail: "BrandOnly" });
    await brand.write(itemOf({ ref: OTHER_REF, isNew: true, profile: { familyName: "Petit" }, decisions: [GRANT] }));
    brand.calls();
    for (const [channel, count] of [["sms", 4], ["post", 3]] as const) {
      await brand.write(itemOf({ ref: OTHER_REF, decisions: [{ channel, status: "given", at: 60 }] }));
      expect(brand.calls()).toHaveLength(count);
    }
  });

  it("is two searches less for a refusal that follows one whom the ledger met just now", async () => {
    const brand = await openY2Brand();
    expect(tell((await brand.write(itemOf({ isNew: true, mode: "existingOnly", identifiers: BY_EMAIL, decisions: [{ status: "refused" }] })))[0])).toBe("notHeld");
    expect(brand.calls()).toEqual(["SearchCustomerIds"]);
  });

  it("is no second customer where somebody made the one of that very ref meanwhile", async () => {
    const brand = await openY2Brand();
    await brand.write(itemOf({ profile: INES, decisions: [GRANT] }));
    expect(tell((await brand.write(itemOf({ isNew: true, decisions: [{ status: "withdrawn", at: 1 }] })))[0])).toEqual(["applied"]);
    expect(brand.emulator.customers.list()).toMatchObject([{ CustomerId: OWN_ID, OptinEmail: "DoNotUse" }]);
  });

  it("is three calls for a customer of our own id with changes, and one without", async () => {
    const brand = await openY2Brand();
    const item = itemOf({ identifiers: BY_EMAIL, profile: INES, decisions: [GRANT] });
    await brand.write(item);
    brand.calls();
    await brand.write(itemOf({ identifiers: BY_EMAIL, decisions: [{ channel: "sms", status: "given", at: 1 }] }));
    expect(brand.calls()).toEqual(["GetCustomerDetail", "UpdateCustomer", "GetCustomerDetail"]);
    expect(tell((await brand.write(item))[0])).toEqual(["unchanged"]);
    expect(brand.calls()).toEqual(["GetCustomerDetail"]);
  });

  it("is four calls for a customer who is found by a search, and three for the next look, which the link makes one search", async () => {
    const brand = await openY2Brand({ options: { customerIdStrategy: "server" } });
    const customerId = brand.emulator.customers.add({ LastName: "Moreau", UsualStoreId: "001", EmailData: { Email: "ines@example.com" } });
    const item = itemOf({ identifiers: BY_EMAIL, decisions: [GRANT] });
    await brand.write(item);
    expect(brand.calls()).toEqual(["SearchCustomerIds", "SearchCustomerIds", "GetCustomerDetail", "UpdateCustomer", "GetCustomerDetail"]);
    expect(brand.record(customerId)).toMatchObject({ OptinEmail: "BrandOnly", Barcode: OWN_ID });
    await brand.write(itemOf({ identifiers: BY_EMAIL, decisions: [{ status: "withdrawn", at: 1 }] }));
    expect(brand.calls()).toEqual(["SearchCustomerIds", "GetCustomerDetail", "UpdateCustomer", "GetCustomerDetail"]);
    expect(brand.record(customerId)).toMatchObject({ OptinEmail: "DoNotUse" });
  });

  it("is no more connections than the configured number, for however many customers at once", async () => {
    const brand = await openY2Brand({ options: { maxConcurrency: 3 } });
    const refs = Array.from({ length: 16 }, (_, index) => `${"abcdefghijklmnop".charAt(index)}bcdefghijklmnopqrstuvwxyz`);
    const outcomes = await brand.write(...refs.map((ref) => itemOf({ ref, decisions: [GRANT] })));
    expect(outcomes.map(tell)).toEqual(refs.map(() => ["applied"]));
    expect(brand.emulator.calls.peak()).toBeLessThanOrEqual(3);
    expect(brand.connections.peak()).toBeLessThanOrEqual(3);
  });
});

describe("a write", () => {
  it("puts names, address, opt-ins and slots where they belong", async () => {
    const brand = await openY2Brand();
    const profile = { ...INES, familyName: "O'Brien & <fils> \"🙂\"", phoneNumber: "+999123456", birthdate: "1990-02-28", "address.country": "FR", "address.locality": "Lyon" };
    const [outcome] = await brand.write(itemOf({ profile, decisions: [GRANT, { channel: "sms", status: "refused" }] }));
    expect(outcome).toMatchObject({ status: "written", profile: Object.fromEntries(Object.keys(profile).map((name) => [name, "applied"])) });
    expect(brand.record()).toMatchObject({
      LastName: "O'Brien & <fils> \"🙂\"",
      UsualStoreId: "001",
      EmailData: { Email: "ines@example.com", EmailingAccepted: true },
      PhoneData: { CellularPhoneNumber: "+999123456" },
      BirthDateData: { BirthDateDay: 28, BirthDateMonth: 2, BirthDateYear: 1990 },
      AddressData: { City: "Lyon", CountryId: "FRA" },
      OptinEmail: "BrandOnly",
      OptinMobile: "DoNotUse",
      OptinPostal: "AskCustomer",
      UserDefinedDates: [{ Id: "1", Value: "2026-06-20T13:00:00" }],
    });
  });

  it("says nothing of e-mail where neither the record nor the write has an address", async () => {
    const brand = await openY2Brand();
    await brand.write(itemOf({ profile: { familyName: "Moreau" }, decisions: [GRANT] }));
    await brand.write(itemOf({ decisions: [{ status: "withdrawn", at: 1 }] }));
    const sent = brand.bodies.filter((body) => body.includes("<customerData") || body.includes("<modifiedData"));
    expect(sent.map((body) => /EmailData|EmailingAccepted|SendReceiptByMail/.test(body))).toEqual([false, false]);
    await brand.write(itemOf({ profile: { email: "ines@example.com" }, decisions: [{ ...GRANT, at: 2 }] }));
    expect(brand.record()).toMatchObject({ EmailData: { Email: "ines@example.com", EmailingAccepted: true } });
  });

  it("leaves everything else of a record as it is", async () => {
    const brand = await openY2Brand();
    await brand.write(itemOf({ profile: INES, decisions: [GRANT] }));
    brand.emulator.customers.change({ customerId: OWN_ID, values: { Notepad: "prefers mornings", IsProspect: true, ValidMobile: true, UserDefinedBooleans: [{ Id: "2", Value: true }], AddressData: { Nata: true } } });
    await brand.write(itemOf({ profile: { givenName: "Irma", "address.locality": "Lyon" }, decisions: [{ channel: "post", status: "given", at: 1 }] }));
    expect(brand.record()).toMatchObject({
      FirstName: "Irma",
      LastName: "Moreau",
      Notepad: "prefers mornings",
      IsProspect: true,
      ValidMobile: true,
      UserDefinedBooleans: [{ Id: "2", Value: true }],
      AddressData: { Nata: true, City: "Lyon" },
      OptinEmail: "BrandOnly",
      OptinPostal: "BrandOnly",
    });
  });

  it("refuses, attribute by attribute, what Y2 cannot hold to the letter", async () => {
    const brand = await openY2Brand();
    const [outcome] = await brand.write(itemOf({ profile: { givenName: "a".repeat(36), familyName: "Moreau", brandColour: "red" }, decisions: [GRANT] }));
    expect(outcome).toMatchObject({ status: "written", profile: { givenName: "rejected", familyName: "applied", brandColour: "notKept" } });
  });

  it("makes nobody of what Y2 keeps nothing of", async () => {
    const brand = await openY2Brand();
    const [outcome] = await brand.write(itemOf({ decisions: [{ status: "requested" }, { purpose: "profiling", channel: null, status: "refused" }] }));
    expect(tell(outcome)).toEqual(["unchanged", "unchanged"]);
    expect(brand.emulator.customers.list()).toEqual([]);
  });

  it("is an error where optIns names a purpose and not the channel, and keeps the rest of it", async () => {
    const brand = await openY2Brand({ options: { optIns: { news: { email: "OptinEmail" } } } });
    const [outcome] = await brand.write(itemOf({ decisions: [{ status: "refused" }, { channel: "sms", status: "refused" }] }));
    expect(tell(outcome)).toEqual({ code: "unsupported", providerCode: "noOptIn", fieldNames: ["optIns.news"] });
    expect(brand.record()).toMatchObject({ OptinEmail: "DoNotUse" });
  });

  it("waits with a yes until all purposes of an opt-in say yes, and refuses by one of them", async () => {
    const brand = await openY2Brand({ options: { optIns: {} } });
    expect(tell((await brand.write(itemOf({ decisions: [GRANT] })))[0])).toEqual(["unchanged"]);
    expect(brand.record()).toMatchObject({ OptinEmail: "AskCustomer" });
    const both = itemOf({ decisions: [{ ...GRANT, at: 1 }, { purpose: "events", status: "given", at: 1 }] });
    expect(tell((await brand.write(both))[0])).toEqual(["applied", "applied"]);
    expect(brand.record()).toMatchObject({ OptinEmail: "BrandOnly" });
    await brand.write(itemOf({ decisions: [{ purpose: "events", status: "withdrawn", at: 2 }] }));
    expect(brand.record()).toMatchObject({ OptinEmail: "DoNotUse" });
  });

  it("makes opt-ins equal, the most restrictive counting, where the folder wants them so, and tells every fold", async () => {
    const brand = await openY2Brand({ folder: { privacyLevel: "global" }, options: { privacyGranularity: "global" } });
    const [outcome] = await brand.write(itemOf({ profile: INES, decisions: [GRANT, { channel: "sms", status: "refused" }] }));
    expect(tell(outcome)).toEqual(["unchanged", "applied"]);
    const folds = ["OptinEmail", "OptinAlternativeEmail", "OptinHomePhone", "OptinOfficePhone", "OptinPostal"].map((field) => ({
      field,
      from: field === "OptinEmail" ? "BrandOnly" : "AskCustomer",
      to: "DoNotUse",
      reason: "privacyGlobal",
    }));
    expect(outcome).toMatchObject({ folds });
    expect(brand.record()).toMatchObject({ OptinEmail: "DoNotUse", OptinMobile: "DoNotUse", OptinPostal: "DoNotUse", EmailData: { EmailingAccepted: false } });
    const [later] = await brand.write(itemOf({ decisions: [{ ...GRANT, at: 60 }] }));
    expect(later).toMatchObject({ decisions: [{ outcome: "unchanged" }], folds: [{ field: "OptinEmail", from: "BrandOnly", to: "DoNotUse" }] });
    expect(brand.record()).toMatchObject({ OptinEmail: "DoNotUse" });
  });

  it("keeps an older yes from bringing an opt-in back, whoever writes it", async () => {
    const brand = await openY2Brand();
    await brand.write(itemOf({ decisions: [{ status: "withdrawn", at: 5 }] }));
    const [late] = await brand.open().intake.write({ items: [itemOf({ decisions: [{ status: "given", at: 4 }] })], heads: [] });
    expect(tell(late)).toEqual(["superseded"]);
    expect(brand.record()).toMatchObject({ OptinEmail: "DoNotUse" });
    expect(tell((await brand.write(itemOf({ decisions: [{ status: "given", at: 6 }] })))[0])).toEqual(["applied"]);
    expect(brand.record()).toMatchObject({ OptinEmail: "BrandOnly" });
  });

  it("writes customers with refusals first, and answers in the order of the items", async () => {
    const brand = await openY2Brand({ options: { maxConcurrency: 1, matchKeys: [], linkField: null }, folder: { behaviour: { unknownCustomer: "empty" } } });
    const items = [itemOf({ decisions: [GRANT] }), itemOf({ ref: OTHER_REF, decisions: [{ status: "refused" }] })];
    const outcomes = await brand.write(...items);
    expect(outcomes.map(({ writeId }) => writeId)).toEqual(items.map(({ writeId }) => writeId));
    expect(brand.emulator.customers.list().map(({ OptinEmail }) => OptinEmail)).toEqual(["DoNotUse", "BrandOnly"]);
  });
});
