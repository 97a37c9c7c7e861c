import { ConnectorError, type ConnectorV1 } from "@volenti/core/adapter";
import { listenOnLoopback } from "@volenti/emulators";
import { describe, expect, it, onTestFinished } from "vitest";
import { createCegidRetailConnector } from "../src/index.ts";
import { openCollectingBrand } from "./support/collecting-brand.ts";
import { emailOf, itemOf, openY2Brand, OWN_ID, REF, tell, type Y2Brand } from "./support/y2-brand.ts";

const INES = { givenName: "Inès", familyName: "Moreau", email: "ines@example.com" };
const GIVEN = { status: "given" } as const;
const WITHDRAWN = { status: "withdrawn" } as const;
const DAY_IN_MINUTES = 24 * 60;
const BY_EMAIL = [emailOf("ines@example.com")];

/** The same brand behind a server that takes one text of a call for another. */
async function openChanged(request: { brand: Y2Brand; from: string; to: string; options?: Parameters<Y2Brand["open"]>[0] }): Promise<ConnectorV1> {
  const { brand: { emulator, open }, from, to, options } = request;
  const handle = async (call: Request): Promise<Response> => {
    const body = (await call.text()).replace(from, to);
    return emulator.handle(new Request(call.url, { method: "POST", headers: call.headers, body }));
  };
  const server = await listenOnLoopback({ handle });
  onTestFinished(() => server.close());
  return open({ ...options, baseUrl: `${server.url}${emulator.credentials.basePath}` });
}

describe("a customer who was erased and comes back", () => {
  it.each(["item", "channel"] as const)("has an open record again, with the yes of the return, under the privacy level %s", async (level) => {
    const brand = await openCollectingBrand({ folder: { privacyLevel: level }, options: { privacyGranularity: level } });
    await brand.collect({ minute: 0, profile: INES, decisions: [GIVEN] });
    const subjectRef = (await brand.volenti.findSubject({ destinationId: "stores", identifier: emailOf("ines@example.com") })) ?? "";
    await brand.volenti.destinations.get("stores")?.erasure?.erase({ subjectRef, reason: "subjectRequest", requestedAt: brand.volenti.clock.now() });
    expect(brand.records()).toMatchObject([{ Closed: true, OptinEmail: "DoNotUse" }]);
    expect(await brand.collect({ minute: 10, profile: INES, decisions: [GIVEN] })).toMatchObject({ outcome: "applied" });
    expect(brand.records()).toMatchObject([{ Closed: false, FirstName: "Inès", OptinEmail: "BrandOnly", OptinMobile: "DoNotUse" }]);
  });
});

describe("whom a search names", () => {
  it("is told by letters and not by what they become in upper case", async () => {
    const brand = await openCollectingBrand({ folder: { behaviour: { searchMatch: "caseInsensitive" } } });
    brand.addCustomer({ EmailData: { Email: "straße@example.com" } });
    await brand.collect({ minute: 0, email: "strasse@example.com", decisions: [GIVEN] });
    expect(brand.records()).toMatchObject([{ OptinEmail: "AskCustomer", Barcode: "" }, { OptinEmail: "BrandOnly" }]);
  });

  it("is the record that bears our mark, where staff made a second one and no search can ask for the mark", async () => {
    const brand = await openCollectingBrand({ options: { linkField: { userField: 1 } } });
    brand.addCustomer();
    await brand.collect({ minute: 0, decisions: [GIVEN] });
    brand.addCustomer();
    expect(await brand.collect({ minute: 1, decisions: [WITHDRAWN] })).toEqual({ outcome: "applied" });
    expect(brand.records()).toMatchObject([{ OptinEmail: "DoNotUse" }, { OptinEmail: "AskCustomer" }]);
  });

  it("is nobody where all who carry the link were closed, however many they are", async () => {
    const brand = await openY2Brand({ options: { customerIdStrategy: "server", matchKeys: [] } });
    for (const name of ["a", "b"]) brand.emulator.customers.close(brand.emulator.customers.add({ LastName: name, UsualStoreId: "001", Barcode: OWN_ID }));
    expect(tell((await brand.write(itemOf({ decisions: [WITHDRAWN] })))[0])).toEqual({ code: "rejectedByProvider", providerCode: "customerClosed" });
  });

  it("is nobody's own id where the server answers the customer into whom it was merged", async () => {
    const brand = await openY2Brand();
    const stranger = brand.emulator.customers.add({ LastName: "Autre", UsualStoreId: "001", OptinEmail: "BrandOnly" });
    const connector = await openChanged({ brand, from: `<customerId>${OWN_ID}<`, to: `<customerId>${stranger}<` });
    expect(tell((await connector.intake.write({ items: [itemOf({ decisions: [WITHDRAWN] })], heads: [] }))[0])).toEqual({ code: "outcomeUnknown", providerCode: "notReadBack" });
    expect(await connector.profiles.get({ subjectRef: REF })).toBeNull();
    expect(brand.record(stranger)).toMatchObject({ OptinEmail: "BrandOnly" });
  });
});

describe("a customer whom we create", () => {
  it("is linked where the store's counter names everybody, and made once", async () => {
    const brand = await openY2Brand();
    const connector = await openChanged({ brand, from: `<CustomerId>${OWN_ID}</CustomerId>`, to: "" });
    for (const at of [0, 1, 2]) {
      const [outcome] = await connector.intake.write({ items: [itemOf({ decisions: [{ channel: "sms", status: "given", at }] })], heads: [] });
      expect(outcome?.status).toBe("written");
    }
    expect(brand.emulator.customers.list()).toMatchObject([{ OptinMobile: "BrandOnly", Barcode: OWN_ID }]);
  });

  it("is told as failed where nothing can link them then, and not asked for again", async () => {
    const brand = await openY2Brand();
    const connector = await openChanged({ brand, from: `<CustomerId>${OWN_ID}</CustomerId>`, to: "", options: { linkField: null } });
    const [outcome] = await connector.intake.write({ items: [itemOf({ decisions: [GIVEN] })], heads: [] });
    expect(tell(outcome)).toEqual({ code: "rejectedByProvider", providerCode: "readBackDiffers", fieldNames: ["CustomerId"] });
  });
});

describe("a refusal", () => {
  it("is written where the link lies in a record that was closed, and may not lie in two", async () => {
    const brand = await openCollectingBrand();
    brand.addCustomer();
    await brand.collect({ minute: 0, decisions: [GIVEN] });
    brand.emulator.customers.close("0000000001");
    const customerId = brand.addCustomer({ OptinEmail: "BrandOnly" });
    expect(await brand.collect({ minute: 1, profile: { givenName: "Irma" }, decisions: [WITHDRAWN] })).toEqual({ outcome: "applied" });
    expect(brand.emulator.customers.get(customerId)).toMatchObject({ OptinEmail: "DoNotUse", FirstName: "Irma", Barcode: "" });
    brand.emulator.calls.reset();
    expect(await brand.collect({ minute: 2, profile: { givenName: "Irma" } })).toEqual({ outcome: "unchanged" });
    expect(brand.emulator.calls.count("UpdateCustomer")).toBe(0);
  });

  it("is written where Y2 has a rule against our link, and so is what the customer gave with it", async () => {
    const brand = await openCollectingBrand({ folder: { lengths: { Barcode: 13 } } });
    const customerId = brand.addCustomer({ OptinEmail: "BrandOnly" });
    expect(await brand.collect({ minute: 1, profile: { givenName: "Irma" }, decisions: [WITHDRAWN] })).toEqual({ outcome: "applied" });
    expect(brand.emulator.customers.get(customerId)).toMatchObject({ OptinEmail: "DoNotUse", FirstName: "Irma", Barcode: "" });
    expect(await brand.collect({ minute: 2, profile: { givenName: "Irma" } })).toEqual({ outcome: "unchanged" });
  });

  it.each([true, false])("does not wait for a number that another customer has (held before: %s)", async (isHeld) => {
    const brand = await openCollectingBrand({ folder: { behaviour: { duplicatePhones: "fault" } } });
    if (isHeld) await brand.collect({ minute: 0, profile: INES, decisions: [GIVEN] });
    brand.addCustomer({ EmailData: { Email: "else@example.com" }, PhoneData: { CellularPhoneNumber: "+33639980001" } });
    const answer = await brand.collect({ minute: 1, profile: { phoneNumber: "+33639980001" }, decisions: [WITHDRAWN] });
    expect(answer).toMatchObject({ outcome: "partlyApplied", rejectedAttributes: ["phoneNumber"] });
    expect(brand.records().map(({ OptinEmail }) => OptinEmail)).toEqual(isHeld ? ["DoNotUse", "AskCustomer"] : ["AskCustomer", "DoNotUse"]);
  });

  it("that follows a person reaches them beside a stranger whom the search found", async () => {
    const brand = await openY2Brand({ options: { linkField: null } });
    for (const Email of ["a@example.org", "b@example.org"]) brand.emulator.customers.add({ LastName: "Autre", UsualStoreId: "001", EmailData: { Email } });
    const customerId = brand.emulator.customers.add({ LastName: "Moreau", UsualStoreId: "001", OptinEmail: "BrandOnly", EmailData: { Email: "ines@example.com" } });
    brand.emulator.faults.strike({ fault: { kind: "strangers" }, when: { operations: ["SearchCustomerIds"] } });
    expect(tell((await brand.write(itemOf({ mode: "existingOnly", identifiers: BY_EMAIL, decisions: [WITHDRAWN] })))[0])).toEqual(["applied"]);
    expect(brand.record(customerId)).toMatchObject({ OptinEmail: "DoNotUse" });
  });

  it("that follows a person reaches all of them but the one whom Y2 refuses to change, and says so", async () => {
    const brand = await openY2Brand({ options: { reassertRefusalsAfterInMs: 30_000 } });
    const values = { LastName: "Moreau", UsualStoreId: "001", OptinEmail: "BrandOnly", EmailData: { Email: "ines@example.com" } };
    const [, second] = [brand.emulator.customers.add({ ...values, SalesPersonId: "V001" }), brand.emulator.customers.add(values)];
    brand.emulator.settings.setTables({ salespeople: [] });
    const [outcome] = await brand.write(itemOf({ mode: "existingOnly", identifiers: BY_EMAIL, decisions: [WITHDRAWN] }));
    expect(tell(outcome)).toMatchObject({ code: "rejectedByProvider", providerCode: "CBR99005" });
    expect(brand.record(second)).toMatchObject({ OptinEmail: "DoNotUse" });
  });

  it("that follows two people is looked at once more with both", async () => {
    const brand = await openY2Brand({ options: { reassertRefusalsAfterInMs: 30_000 } });
    const gate = Promise.withResolvers<void>();
    brand.clock.sleep = async () => gate.promise;
    const values = { LastName: "Moreau", UsualStoreId: "001", OptinEmail: "BrandOnly", EmailData: { Email: "ines@example.com" } };
    const ids = [brand.emulator.customers.add(values), brand.emulator.customers.add(values)];
    await brand.write(itemOf({ mode: "existingOnly", identifiers: BY_EMAIL, decisions: [WITHDRAWN] }));
    for (const customerId of ids) brand.emulator.customers.changeOptIns({ customerId, optIns: { OptinEmail: "BrandOnly" } });
    gate.resolve();
    await expect.poll(() => ids.map((id) => brand.record(id)?.["OptinEmail"])).toEqual(["DoNotUse", "DoNotUse"]);
  });

  it("is not told as failed for a yes that a cashier gave to something else meanwhile", async () => {
    const brand = await openCollectingBrand();
    await brand.collect({ minute: 0, profile: INES, decisions: [GIVEN] });
    const customerId = brand.firstId();
    const after = (): void => brand.emulator.customers.changeOptIns({ customerId: customerId, optIns: { OptinPostal: "BrandOnly" } });
    brand.emulator.faults.strike({ fault: { kind: "meanwhile", after }, times: 1, when: { operations: ["UpdateCustomer"] } });
    expect(await brand.collect({ minute: 1, decisions: [WITHDRAWN] })).toEqual({ outcome: "applied" });
    expect(brand.records()).toMatchObject([{ OptinEmail: "DoNotUse", OptinPostal: "BrandOnly" }]);
  });

  it("of a purpose that is deliberately not kept is not told as arrived", async () => {
    const brand = await openCollectingBrand();
    expect(await brand.collect({ minute: 0, decisions: [{ purpose: "events", status: "refused" }] })).toEqual({ outcome: "unchanged" });
    expect(brand.records()).toEqual([]);
  });
});

describe("an older yes", () => {
  it("does not win as the text of all channels knows of no decision of one of them", async () => {
    const brand = await openY2Brand({ options: { purposeFields: { news: { "*": 1 } } } });
    await brand.write(itemOf({ decisions: [{ channel: null, status: "refused", at: 5 }] }));
    await brand.write(itemOf({ decisions: [{ status: "withdrawn", at: 20 }] }));
    expect(tell((await brand.write(itemOf({ decisions: [{ status: "given", at: 15 }] })))[0])).toEqual(["superseded"]);
    expect(brand.record()).toMatchObject({ OptinEmail: "DoNotUse" });
  });

  it("does not win against the till's no of the same day, where the folder keeps days of changes and no times", async () => {
    const brand = await openY2Brand({ folder: { now: () => Date.UTC(2026, 5, 19, 22, 0, 0) } });
    await brand.write(itemOf({ decisions: [{ status: "given", at: -90_000 }] }));
    brand.emulator.customers.changeOptIns({ customerId: OWN_ID, optIns: { OptinEmail: "DoNotUse" } });
    expect(brand.record()).toMatchObject({ LastDateUpdate: "2026-06-20T00:00:00" });
    expect(tell((await brand.write(itemOf({ decisions: [{ status: "given", at: 0 }] })))[0])).toEqual(["superseded"]);
  });

  it("that has run out is none beside the yes of another purpose, and is read as none", async () => {
    const validity = "P30D";
    const purposes = ["news", "events"].map((key) => ({ key, version: "1", basis: "consent" as const, mechanism: "optIn" as const, channels: ["email"], attributes: ["email"], label: { en: key }, ...(key === "news" ? { validity } : {}) }));
    const brand = await openCollectingBrand({ purposes, options: { optIns: {}, purposeFields: { news: { email: 1 }, events: { email: 2 } } } });
    // The clock goes on: what was given on the first day is collected on the fortieth.
    await brand.collect({ minute: 40 * DAY_IN_MINUTES });
    await brand.collect({ minute: 0, decisions: [GIVEN] });
    await brand.collect({ minute: 41 * DAY_IN_MINUTES, profile: { email: INES.email }, decisions: [{ purpose: "events", status: "given" }] });
    expect(brand.records()).toMatchObject([{ OptinEmail: "AskCustomer" }]);
    const subjectRef = (await brand.volenti.findSubject({ destinationId: "stores", identifier: emailOf("ines@example.com") })) ?? "";
    const state = await brand.volenti.destinations.get("stores")?.consent.getState({ subjectRef, purpose: "news", channel: "email" });
    expect(state).toMatchObject({ status: "given", purposeVersion: "" });
  });
});

describe("what is told", () => {
  it("of a yes is that the privacy level took it away, also where a cashier's no came between", async () => {
    const brand = await openCollectingBrand({ folder: { privacyLevel: "channel", behaviour: { privacyViolation: "accept" } }, options: { privacyGranularity: "channel" } });
    await brand.collect({ minute: 0, profile: { ...INES, phoneNumber: "+33639980001" } });
    const customerId = brand.firstId();
    const after = (): void => brand.emulator.customers.changeOptIns({ customerId: customerId, optIns: { OptinHomePhone: "DoNotUse" } });
    brand.emulator.faults.strike({ fault: { kind: "meanwhile", after }, times: 1, when: { operations: ["UpdateCustomer"] } });
    expect(await brand.collect({ minute: 1, decisions: [{ channel: "sms", status: "given" }] })).toMatchObject({
      outcome: "unchanged",
      folds: expect.arrayContaining([{ field: "OptinMobile", from: "BrandOnly", to: "DoNotUse", reason: "privacyChannel" }]),
    });
    expect(brand.records()).toMatchObject([{ OptinMobile: "DoNotUse" }]);
  });

  it("of a yes to receipts is not that it arrived, where there is no address to send them to", async () => {
    const brand = await openY2Brand({ options: { receiptPurpose: "profiling" } });
    expect(tell((await brand.write(itemOf({ decisions: [{ purpose: "profiling", channel: null, status: "given" }] })))[0])).toEqual(["unchanged"]);
    expect(brand.record()).toMatchObject({ EmailData: { SendReceiptByMail: false } });
  });

  it("of our own no is its decision, also where texts are configured and no slots", async () => {
    const brand = await openY2Brand({ options: { slots: undefined, purposeFields: { news: { email: 1 } } } });
    const item = itemOf({ decisions: [{ status: "withdrawn", at: 5 }] });
    await brand.write(item);
    const state = await brand.connector.consent.getState({ subjectRef: REF, purpose: "news", channel: "email" });
    expect(state).toMatchObject({ status: "withdrawn", decisionId: item.states[0]?.decisionId });
  });

  it("of a number that was cleared is that it was", async () => {
    const brand = await openY2Brand({ options: { fieldMap: { points: { userDefinedValue: 1 } } } });
    await brand.write(itemOf({ profile: { ...INES, points: 12.5 } }));
    expect((await brand.write(itemOf({ profile: { points: null } })))[0]).toMatchObject({ status: "written", profile: { points: "applied" } });
  });
});

describe("what nobody asked for", () => {
  it("is no second write of what is there, where the folder keeps days and no times", async () => {
    const brand = await openCollectingBrand({ folder: { behaviour: { userDatePrecision: "day" } } });
    const submission = { submission: 1, minute: 0, profile: INES, decisions: [GIVEN] };
    await brand.collect(submission);
    brand.emulator.calls.reset();
    expect(await brand.collect(submission)).toEqual({ outcome: "unchanged" });
    expect(brand.emulator.calls.list()).toEqual(["GetCustomerDetail"]);
  });

  it("is no title emptied, unless it tells another gender", async () => {
    const brand = await openCollectingBrand({ options: { sexMap: { female: "F", male: "M" }, titleMap: { male: "MR" } } });
    await brand.collect({ minute: 0, profile: INES });
    const customerId = brand.firstId();
    brand.emulator.customers.change({ customerId: customerId, values: { TitleId: "MS" } });
    await brand.collect({ minute: 1, profile: { gender: "female" } });
    expect(brand.records()).toMatchObject([{ TitleId: "MS", Sex: "F" }]);
    brand.emulator.customers.change({ customerId: customerId, values: { TitleId: "MR" } });
    await brand.collect({ minute: 2, profile: { gender: null } });
    expect(brand.records()).toMatchObject([{ TitleId: "", Sex: "" }]);
  });

  it.each([{ loyaltyNumber: "Barcode" }, { nickname: "ShortName", alias: "ShortName" }])("is no member that two settings write: %j", async (fieldMap) => {
    const connector = createCegidRetailConnector({ baseUrl: "https://y2.example/Y2", folderId: "F", username: "U", password: "p", timeZone: "Europe/Paris", privacyGranularity: "item", usualStoreId: "001", region: "EU", fieldMap });
    await expect(connector.profiles.get({ subjectRef: REF })).rejects.toSatisfy((error: unknown) => ConnectorError.isInstance(error) && error.code === "invalidConfiguration");
  });
});
