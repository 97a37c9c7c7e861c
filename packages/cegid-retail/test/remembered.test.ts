import { describe, expect, it } from "vitest";
import type { WriteOutcomeV1 } from "@volenti/core/adapter";
import { emailOf, itemOf, openY2Brand, OTHER_REF, OWN_ID, REF, tell, type Y2Brand } from "./support/y2-brand.ts";

const BY_EMAIL = [emailOf("ines@example.com")];
const GRANT = { status: "given", at: 60 } as const;
const OTHER_MARKER = "VZYXWVUTSRQPONMLK";

function addCustomer(brand: Y2Brand, values: Parameters<Y2Brand["emulator"]["customers"]["add"]>[0] = {}): string {
  return brand.emulator.customers.add({ LastName: "Moreau", UsualStoreId: "001", EmailData: { Email: "ines@example.com" }, ...values });
}

async function writeAs(brand: Y2Brand, recordId: string | undefined): Promise<WriteOutcomeV1 | undefined> {
  const [outcome] = await brand.write(itemOf({ identifiers: BY_EMAIL, decisions: [GRANT], recordId }));
  expect(tell(outcome)).toEqual(["applied"]);
  return outcome;
}

describe("a customer whose record the ledger remembers", () => {
  it("costs three calls, the first of a process too", async () => {
    const brand = await openY2Brand();
    const customerId = addCustomer(brand, { Barcode: OWN_ID });
    expect(await writeAs(brand, customerId)).toMatchObject({ recordId: customerId });
    expect(brand.calls()).toEqual(["GetCustomerDetail", "UpdateCustomer", "GetCustomerDetail"]);
    expect(brand.record(customerId)).toMatchObject({ OptinEmail: "BrandOnly" });
  });

  it("is found where no search can ask for the link, though the address is another one by now", async () => {
    const brand = await openY2Brand({ options: { linkField: { userField: 7 } } });
    const customerId = addCustomer(brand);
    expect(await writeAs(brand, undefined)).toMatchObject({ recordId: customerId });
    brand.calls();
    const [outcome] = await brand.write(itemOf({ identifiers: [], decisions: [{ status: "withdrawn", at: 90 }], recordId: customerId }));
    expect([tell(outcome), brand.calls()]).toEqual([["applied"], ["GetCustomerDetail", "UpdateCustomer", "GetCustomerDetail"]]);
    expect(brand.record(customerId)).toMatchObject({ OptinEmail: "DoNotUse" });
  });

  it("is told to the ledger when found by the address, and need not be where we named the customer", async () => {
    const brand = await openY2Brand();
    const customerId = addCustomer(brand);
    expect(await writeAs(brand, undefined)).toMatchObject({ recordId: customerId });
    const [created] = await brand.write(itemOf({ ref: OTHER_REF, profile: { familyName: "Petit" }, decisions: [GRANT] }));
    expect(created).not.toHaveProperty("recordId");
  });

  it("is not told where the record cannot bear our link, as nothing would prove it the person's", async () => {
    const brand = await openY2Brand();
    addCustomer(brand, { Barcode: "2000000000015" });
    expect(await writeAs(brand, undefined)).not.toHaveProperty("recordId");
  });
});

describe("a record that the ledger remembers, and that is the person's no more", () => {
  it.each([
    ["is not there", (): string => "000000000099"],
    ["was closed", (brand: Y2Brand): string => addCustomer(brand, { Closed: true })],
    ["carries no link any more", (brand: Y2Brand): string => addCustomer(brand, { EmailData: { Email: "other@example.com" } })],
    ["carries the link of somebody else", (brand: Y2Brand): string => addCustomer(brand, { Barcode: OTHER_MARKER, EmailData: { Email: "other@example.com" } })],
  ])("costs a call where it %s, and the customer is found by the link", async (_name, addOther) => {
    const brand = await openY2Brand({ folder: { behaviour: { unknownCustomer: "empty" } } });
    const recordId = addOther(brand);
    const before = brand.record(recordId);
    const customerId = addCustomer(brand, { Barcode: OWN_ID });
    expect(await writeAs(brand, recordId)).toMatchObject({ recordId: customerId });
    expect(brand.calls()).toEqual(["GetCustomerDetail", "GetCustomerDetail", "SearchCustomerIds", "GetCustomerDetail", "UpdateCustomer", "GetCustomerDetail"]);
    expect(brand.record(recordId)).toEqual(before);
  });

  it("is forgotten where the customer turns out to be one whom we named", async () => {
    const brand = await openY2Brand();
    await brand.write(itemOf({ profile: { familyName: "Moreau" }, decisions: [{ status: "given" }] }));
    const stranger = addCustomer(brand, { Barcode: OTHER_MARKER });
    const before = brand.record(stranger);
    brand.calls();
    expect(await writeAs(brand, stranger)).toMatchObject({ recordId: null });
    expect([brand.calls().length, brand.record(stranger)]).toEqual([4, before]);
  });

  it("is not written where the address is not the person's, however well the link fits", async () => {
    const brand = await openY2Brand();
    const customerId = addCustomer(brand, { Barcode: OWN_ID, EmailData: { Email: "other@example.com" } });
    const before = brand.record(customerId);
    const [outcome] = await brand.write(itemOf({ ref: REF, identifiers: BY_EMAIL, decisions: [GRANT], recordId: customerId }));
    expect(tell(outcome)).toEqual({ code: "conflict", providerCode: "contactsOfAnother" });
    expect(brand.record(customerId)).toEqual(before);
  });
});
