import type { CegidRetailFault } from "@volenti/emulators";
import { describe, expect, it } from "vitest";
import { emailOf, itemOf, NOON, openY2Brand, OTHER_REF, OWN_ID, REF, tell, type Y2Brand } from "./support/y2-brand.ts";

const BY_EMAIL = [emailOf("ines@example.com")];
const GRANT = { status: "given" } as const;
const INES = { givenName: "Inès", familyName: "Moreau", email: "ines@example.com" };

function strike(brand: Y2Brand, fault: CegidRetailFault, operation: string): void {
  brand.emulator.faults.strike({ fault, times: 1, when: { operations: [operation] } });
}
function addCustomer(brand: Y2Brand, values: Parameters<Y2Brand["emulator"]["customers"]["add"]>[0] = {}): string {
  return brand.emulator.customers.add({ LastName: "Moreau", UsualStoreId: "001", EmailData: { Email: "ines@example.com" }, ...values });
}

describe("probe", () => {
  it("1 erased comes back", async () => {
    const brand = await openY2Brand();
    await brand.write(itemOf({ profile: INES, decisions: [GRANT] }));
    await brand.connector.erasure?.erase({ subjectRef: REF, reason: "erasureRequest" as never, requestedAt: NOON });
    expect(brand.record()).toMatchObject({ Closed: true });
    brand.clock.advance(60_000);
    const [outcome] = await brand.write(itemOf({ profile: INES, decisions: [{ ...GRANT, at: 86_400 }] }));
    console.log("1", tell(outcome), brand.record()?.["Closed"], brand.record()?.["OptinEmail"]);
    expect(brand.record()).toMatchObject({ Closed: false });
  });
  it("2 existingOnly with strangers", async () => {
    const brand = await openY2Brand({ options: { linkField: null } });
    addCustomer(brand, { EmailData: { Email: "a@example.org" } });
    const customerId = addCustomer(brand, { OptinEmail: "BrandOnly" });
    brand.emulator.faults.strike({ fault: { kind: "strangers" }, when: { operations: ["SearchCustomerIds"] } });
    const [outcome] = await brand.write(itemOf({ mode: "existingOnly", identifiers: BY_EMAIL, decisions: [{ status: "withdrawn", at: 5 }] }));
    expect(tell(outcome)).toEqual(["applied"]);
    expect(brand.record(customerId)).toMatchObject({ OptinEmail: "DoNotUse" });
  });
  it("2b existingOnly one broken", async () => {
    const brand = await openY2Brand({});
    const broken = addCustomer(brand, { OptinEmail: "BrandOnly", SalesPersonId: "V001" });
    const fine = addCustomer(brand, { OptinEmail: "BrandOnly" });
    brand.emulator.settings.setTables({ salespeople: [] });
    const [outcome] = await brand.write(itemOf({ mode: "existingOnly", identifiers: BY_EMAIL, decisions: [{ status: "withdrawn", at: 5 }] }));
    console.log("2b", tell(outcome), broken);
    expect(brand.record(fine)).toMatchObject({ OptinEmail: "DoNotUse" });
  });
  it("3 strasse", async () => {
    const brand = await openY2Brand({ folder: { behaviour: { searchMatch: "caseInsensitive" } } });
    const other = addCustomer(brand, { EmailData: { Email: "straße@example.com" } });
    await brand.write(itemOf({ identifiers: [emailOf("strasse@example.com")], decisions: [GRANT] }));
    expect(brand.record(other)).toMatchObject({ OptinEmail: "AskCustomer" });
  });
  it("4 declined", async () => {
    const brand = await openY2Brand();
    const [outcome] = await brand.write(itemOf({ decisions: [{ purpose: "events", status: "refused" }] }));
    expect(tell(outcome)).toEqual(["unchanged"]);
  });
  it("4b declined on existing", async () => {
    const brand = await openY2Brand();
    await brand.write(itemOf({ decisions: [GRANT] }));
    const [outcome] = await brand.write(itemOf({ decisions: [{ purpose: "events", status: "refused", at: 9 }] }));
    expect(tell(outcome)).toEqual(["unchanged"]);
  });
  it("5 star text", async () => {
    const brand = await openY2Brand({ options: { purposeFields: { news: { "*": 1 } } } });
    await brand.write(itemOf({ decisions: [{ channel: null, status: "refused", at: 5 }] }));
    await brand.write(itemOf({ decisions: [{ status: "withdrawn", at: 20 }] }));
    const [late] = await brand.write(itemOf({ decisions: [{ status: "given", at: 15 }] }));
    expect(tell(late)).toEqual(["superseded"]);
    expect(brand.record()).toMatchObject({ OptinEmail: "DoNotUse" });
  });
  it("6 lapsed text", async () => {
    const brand = await openY2Brand({ options: { optIns: {}, purposeFields: { news: { email: 1 }, events: { email: 2 } } } });
    const item = itemOf({ decisions: [GRANT] });
    const lapsed = { ...item, states: item.states.map((state) => ({ ...state, validUntil: NOON + 1 })) };
    brand.clock.advance(86_400_000 * 400);
    console.log("6", tell((await brand.write(lapsed))[0]), await brand.connector.consent.listStates({ subjectRef: REF }));
    await brand.write(itemOf({ decisions: [{ purpose: "events", status: "given", at: 10 }] }));
    expect(brand.record()).toMatchObject({ OptinEmail: "AskCustomer" });
  });
  it("7 fold in mend", async () => {
    const brand = await openY2Brand({ folder: { privacyLevel: "channel", behaviour: { privacyViolation: "accept" } }, options: { privacyGranularity: "channel" } });
    await brand.write(itemOf({ profile: { ...INES, phoneNumber: "+999123456" }, decisions: [{ channel: "post", status: "given" }] }));
    brand.clock.advance(60_000);
    strike(brand, { kind: "meanwhile", after: () => brand.emulator.customers.changeOptIns({ customerId: OWN_ID, optIns: { OptinHomePhone: "DoNotUse" } }) }, "UpdateCustomer");
    const [outcome] = await brand.write(itemOf({ decisions: [{ channel: "sms", status: "given", at: 10 }] }));
    console.log("7", tell(outcome), brand.record()?.["OptinMobile"]);
    expect([tell(outcome), brand.record()?.["OptinMobile"]]).toEqual([["rejected"], "DoNotUse"]);
  });
  it("9 title", async () => {
    const brand = await openY2Brand({ options: { sexMap: { female: "F", male: "M", other: "X" }, titleMap: { male: "MR", female: "MRS" } } });
    await brand.write(itemOf({ profile: INES }));
    brand.emulator.customers.change({ customerId: OWN_ID, values: { TitleId: "001" } });
    const [outcome] = await brand.write(itemOf({ profile: { gender: "other" } }));
    console.log("9", outcome);
    expect(brand.record()).toMatchObject({ TitleId: "001" });
  });
  it("10 barcode as attribute", async () => {
    const brand = await openY2Brand({ options: { fieldMap: { loyaltyNumber: "Barcode" } } });
    const id = addCustomer(brand);
    const [outcome] = await brand.write(itemOf({ identifiers: BY_EMAIL, profile: { loyaltyNumber: "2000000000015" } }));
    console.log("10", outcome, brand.record(id)?.["Barcode"], brand.calls());
  });
  it("11 midnight LastDateUpdate", async () => {
    const brand = await openY2Brand({ folder: { now: () => Date.UTC(2026, 5, 19, 22, 0, 0) } });
    await brand.write(itemOf({ decisions: [{ ...GRANT, at: -90_000 }] }));
    brand.emulator.customers.changeOptIns({ customerId: OWN_ID, optIns: { OptinEmail: "DoNotUse" } });
    console.log("11", brand.record()?.["LastDateUpdate"]);
    const [outcome] = await brand.write(itemOf({ decisions: [{ ...GRANT, at: 0 }] }));
    console.log("11", tell(outcome), brand.record()?.["OptinEmail"]);
    expect(brand.record()).toMatchObject({ OptinEmail: "DoNotUse" });
  });
  it("12 two closed bear the link", async () => {
    const brand = await openY2Brand({ options: { customerIdStrategy: "server" } });
    for (const id of [addCustomer(brand, { Barcode: OWN_ID, EmailData: { Email: "x@example.org" } })]) brand.emulator.customers.close(id);
    const [one] = await brand.write(itemOf({ identifiers: BY_EMAIL, decisions: [GRANT] }));
    for (const id of [addCustomer(brand, { Barcode: OWN_ID, EmailData: { Email: "y@example.org" } })]) brand.emulator.customers.close(id);
    const [two] = await brand.write(itemOf({ identifiers: BY_EMAIL, decisions: [GRANT] }));
    console.log("12", tell(one), tell(two), brand.emulator.customers.list().length);
    expect(tell(two)).toEqual(tell(one));
  });
  it("14 texts without slots read our own refusal exactly", async () => {
    const brand = await openY2Brand({ options: { slots: undefined, purposeFields: { news: { email: 1 } } } });
    const item = itemOf({ decisions: [{ status: "withdrawn", at: 5 }] });
    await brand.write(item);
    const state = await brand.connector.consent.getState({ subjectRef: REF, purpose: "news", channel: "email" });
    expect(state).toMatchObject({ decisionId: item.states[0]?.decisionId });
  });
  it("15 other cashier's yes elsewhere while we write", async () => {
    const brand = await openY2Brand();
    await brand.write(itemOf({ profile: INES, decisions: [{ channel: "sms", status: "given" }] }));
    brand.clock.advance(60_000);
    strike(brand, { kind: "meanwhile", after: () => brand.emulator.customers.changeOptIns({ customerId: OWN_ID, optIns: { OptinPostal: "BrandOnly" } }) }, "UpdateCustomer");
    const [outcome] = await brand.write(itemOf({ decisions: [{ channel: "sms", status: "withdrawn", at: 10 }] }));
    console.log("15", tell(outcome));
    expect(tell(outcome)).toEqual(["applied"]);
  });
  it("16 both linked refs of another", async () => {
    const brand = await openY2Brand();
    await brand.write(itemOf({ ref: OTHER_REF, decisions: [GRANT] }));
    expect(brand.emulator.customers.list()).toHaveLength(1);
  });
});
