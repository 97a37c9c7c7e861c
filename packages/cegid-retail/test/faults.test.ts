import type { CegidRetailFault } from "@volenti/emulators";
import { describe, expect, it } from "vitest";
import { emailOf, itemOf, openY2Brand, OTHER_REF, OWN_ID, tell, type Y2Brand } from "./support/y2-brand.ts";

const GRANT = { status: "given" } as const;
const INES = { givenName: "Inès", familyName: "Moreau", email: "ines@example.com" };

async function openHeld(options: Parameters<typeof openY2Brand>[0] = {}): Promise<Y2Brand> {
  const brand = await openY2Brand(options);
  await brand.write(itemOf({ profile: INES, decisions: [{ channel: "sms", status: "given" }] }));
  brand.clock.advance(60_000);
  return brand;
}

function strike(brand: Y2Brand, fault: CegidRetailFault, operation: string): void {
  brand.emulator.faults.strike({ fault, times: 1, when: { operations: [operation] } });
}

describe("a cashier", () => {
  it("who refuses between our write and its reading back is not overruled by a yes", async () => {
    const brand = await openHeld();
    const after = (): void => brand.emulator.customers.changeOptIns({ customerId: OWN_ID, optIns: { OptinEmail: "DoNotUse" } });
    strike(brand, { kind: "meanwhile", after }, "UpdateCustomer");
    expect(tell((await brand.write(itemOf({ decisions: [{ ...GRANT, at: 1 }] })))[0])).toEqual(["superseded"]);
    expect(brand.record()).toMatchObject({ OptinEmail: "DoNotUse" });
  });

  it("who refuses between our read and our write is heard where the server keeps what is left out", async () => {
    const brand = await openHeld({ folder: { behaviour: { absentValues: "keep" } }, options: { absentValues: "keep" } });
    const before = (): void => brand.emulator.customers.changeOptIns({ customerId: OWN_ID, optIns: { OptinMobile: "DoNotUse" } });
    strike(brand, { kind: "meanwhile", before }, "UpdateCustomer");
    expect(tell((await brand.write(itemOf({ profile: { givenName: "Irma" }, decisions: [{ ...GRANT, at: 1 }] })))[0])).toEqual(["applied"]);
    expect(brand.record()).toMatchObject({ OptinMobile: "DoNotUse", OptinEmail: "BrandOnly", FirstName: "Irma", EmailData: { Email: "ines@example.com", EmailingAccepted: true } });
  });

  it("who refuses while our write waits for its turn is heard: the record is read once more", async () => {
    const brand = await openHeld({ options: { maxConcurrency: 1 } });
    let reads = 0;
    // The second read is another customer's, and goes between the first one's read and its write.
    const after = (): void => {
      reads += 1;
      if (reads !== 2) return;
      brand.clock.advance(1000);
      brand.emulator.customers.changeOptIns({ customerId: OWN_ID, optIns: { OptinMobile: "DoNotUse" } });
    };
    brand.emulator.faults.strike({ fault: { kind: "meanwhile", after }, when: { operations: ["GetCustomerDetail"] } });
    const write = brand.write(itemOf({ profile: { givenName: "Irma" }, decisions: [{ ...GRANT, at: 1 }] }));
    await Promise.all([write, brand.write(itemOf({ ref: OTHER_REF, decisions: [GRANT] }))]);
    expect(brand.record()).toMatchObject({ OptinMobile: "DoNotUse", OptinEmail: "BrandOnly", FirstName: "Irma" });
  });

  it("who refuses between our read and our write is heard where every record is read again", async () => {
    const brand = await openHeld({ options: { readAgainAfterInMs: 0 } });
    const after = (): void => brand.emulator.customers.changeOptIns({ customerId: OWN_ID, optIns: { OptinMobile: "DoNotUse" } });
    strike(brand, { kind: "meanwhile", after }, "GetCustomerDetail");
    brand.calls();
    expect(tell((await brand.write(itemOf({ profile: { givenName: "Irma" }, decisions: [{ ...GRANT, at: 1 }] })))[0])).toEqual(["applied"]);
    expect(brand.record()).toMatchObject({ OptinMobile: "DoNotUse", OptinEmail: "BrandOnly", FirstName: "Irma" });
    expect(brand.calls()).toEqual(["GetCustomerDetail", "GetCustomerDetail", "UpdateCustomer", "GetCustomerDetail"]);
  });

  it("who fills another text between our read and our write loses nothing where the server keeps what is left out", async () => {
    const brand = await openHeld({ folder: { behaviour: { absentValues: "keep" } }, options: { absentValues: "keep", refField: { userDefinedText: 2 } } });
    const stood = brand.record()?.["UserDefinedTexts"] as readonly { readonly Id: string; readonly Value: string }[];
    const before = (): void =>
      brand.emulator.customers.change({ customerId: OWN_ID, values: { UserDefinedTexts: [...stood.filter(({ Id }) => Id !== "2"), { Id: "2", Value: "vip" }] } });
    strike(brand, { kind: "meanwhile", before }, "UpdateCustomer");
    await brand.write(itemOf({ decisions: [{ channel: "sms", status: "withdrawn", at: 1 }] }));
    expect(brand.record()).toMatchObject({ UserDefinedTexts: expect.arrayContaining([{ Id: "2", Value: "vip" }]) });
  });

  it("who refuses between our read and our write of a no is heard, and so are we", async () => {
    const brand = await openHeld();
    const before = (): void => brand.emulator.customers.changeOptIns({ customerId: OWN_ID, optIns: { OptinMobile: "DoNotUse" } });
    strike(brand, { kind: "meanwhile", before }, "UpdateCustomer");
    expect(tell((await brand.write(itemOf({ decisions: [{ channel: "sms", status: "withdrawn", at: 1 }] })))[0])).toEqual(["applied"]);
    expect(brand.record()).toMatchObject({ OptinMobile: "DoNotUse" });
  });

  it("who puts a yes back between our no and its reading back is overruled", async () => {
    const brand = await openHeld();
    const after = (): void => brand.emulator.customers.changeOptIns({ customerId: OWN_ID, optIns: { OptinMobile: "BrandOnly" } });
    strike(brand, { kind: "meanwhile", after }, "UpdateCustomer");
    brand.calls();
    expect(tell((await brand.write(itemOf({ decisions: [{ channel: "sms", status: "withdrawn", at: 1 }] })))[0])).toEqual(["applied"]);
    expect(brand.record()).toMatchObject({ OptinMobile: "DoNotUse" });
    expect(brand.calls()).toEqual(["GetCustomerDetail", "UpdateCustomer", "GetCustomerDetail", "UpdateCustomer", "GetCustomerDetail"]);
  });

  it("who puts a yes back each time fails the item, and is told by name of the member", async () => {
    const brand = await openHeld();
    const after = (): void => brand.emulator.customers.changeOptIns({ customerId: OWN_ID, optIns: { OptinMobile: "BrandOnly" } });
    brand.emulator.faults.strike({ fault: { kind: "meanwhile", after }, when: { operations: ["UpdateCustomer"] } });
    expect(tell((await brand.write(itemOf({ decisions: [{ channel: "sms", status: "withdrawn", at: 1 }] })))[0])).toEqual({
      code: "rejectedByProvider",
      providerCode: "readBackDiffers",
      fieldNames: ["OptinMobile"],
    });
  });

  it("who refused before stays heard: an older yes gives way, a newer one does not", async () => {
    const brand = await openHeld();
    brand.emulator.customers.changeOptIns({ customerId: OWN_ID, optIns: { OptinMobile: "DoNotUse" } });
    expect(tell((await brand.write(itemOf({ decisions: [{ channel: "sms", status: "given", at: 30 }] })))[0])).toEqual(["superseded"]);
    expect(brand.record()).toMatchObject({ OptinMobile: "DoNotUse" });
    expect(tell((await brand.write(itemOf({ decisions: [{ channel: "sms", status: "given", at: 7200 }] })))[0])).toEqual(["applied"]);
  });
});

describe("a refusal that is looked at once more", () => {
  it("is written again where another writer put back a yes that it had read before", async () => {
    const brand = await openHeld({ options: { reassertRefusalsAfterInMs: 30_000 } });
    const gate = Promise.withResolvers<void>();
    const watched = brand.open();
    brand.clock.sleep = async () => gate.promise;
    await watched.intake.write({ items: [itemOf({ decisions: [{ channel: "sms", status: "withdrawn", at: 1 }] })], heads: [] });
    brand.emulator.customers.changeOptIns({ customerId: OWN_ID, optIns: { OptinMobile: "BrandOnly" } });
    gate.resolve();
    await expect.poll(() => brand.record()?.["OptinMobile"]).toBe("DoNotUse");
  });

  it("gives way to a newer yes", async () => {
    const brand = await openHeld({ options: { reassertRefusalsAfterInMs: 30_000 } });
    const gate = Promise.withResolvers<void>();
    brand.clock.sleep = async () => gate.promise;
    await brand.write(itemOf({ decisions: [{ channel: "sms", status: "withdrawn", at: 1 }] }));
    await brand.write(itemOf({ decisions: [{ channel: "sms", status: "given", at: 2 }] }));
    brand.calls();
    gate.resolve();
    await expect.poll(() => brand.emulator.calls.count("GetCustomerDetail")).toBe(1);
    expect(brand.record()).toMatchObject({ OptinMobile: "BrandOnly" });
  });

  it("needs slots, which tell a newer yes from one that was put back", async () => {
    const brand = await openY2Brand();
    const connector = brand.open({ slots: undefined, reassertRefusalsAfterInMs: 30_000 });
    await expect(connector.checkConnection()).rejects.toMatchObject({ code: "invalidConfiguration", fieldNames: ["reassertRefusalsAfterInMs"] });
  });

  it("is left alone once the connector is closed", async () => {
    const brand = await openHeld({ options: { reassertRefusalsAfterInMs: 30_000 } });
    const gate = Promise.withResolvers<void>();
    brand.clock.sleep = async () => gate.promise;
    await brand.write(itemOf({ decisions: [{ channel: "sms", status: "withdrawn", at: 1 }] }));
    await brand.connector.close();
    brand.calls();
    gate.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    expect(brand.calls()).toEqual([]);
  });
});

describe("a creation whose answer is lost", () => {
  const item = itemOf({ identifiers: [emailOf("ines@example.com")], profile: INES, decisions: [GRANT] });

  it("is unknown, and the same write again finds the customer and doubles nothing", async () => {
    const brand = await openY2Brand();
    strike(brand, { kind: "resetAfterApply" }, "AddNewCustomer");
    expect(tell((await brand.write(item))[0])).toMatchObject({ code: "outcomeUnknown" });
    brand.calls();
    expect(tell((await brand.write(item))[0])).toEqual(["unchanged"]);
    expect(brand.calls()).toEqual(["GetCustomerDetail"]);
    expect(brand.emulator.customers.list()).toHaveLength(1);
  });

  it("is compared before anything is written: what the till said since stays", async () => {
    const brand = await openY2Brand();
    strike(brand, { kind: "resetAfterApply" }, "AddNewCustomer");
    await brand.write(item);
    brand.clock.advance(60_000);
    brand.emulator.customers.changeOptIns({ customerId: OWN_ID, optIns: { OptinEmail: "DoNotUse" } });
    expect(tell((await brand.write(item))[0])).toEqual(["superseded"]);
    expect(brand.record()).toMatchObject({ OptinEmail: "DoNotUse" });
  });

  it("is found again by link and match keys where the store names customers", async () => {
    const brand = await openY2Brand({ options: { customerIdStrategy: "server" } });
    strike(brand, { kind: "resetAfterApply" }, "AddNewCustomer");
    await brand.write(item);
    expect(tell((await brand.write(item))[0])).toEqual(["unchanged"]);
    expect(brand.emulator.customers.list()).toHaveLength(1);
  });
});

describe("an answer that is lost on the way back", () => {
  it.each(["resetAfterApply", "resetBeforeApply", "truncated", "loginPage"] as const)("after the write, by %s, leaves the outcome unknown, and the same write again settles it", async (kind) => {
    const brand = await openHeld();
    const item = itemOf({ decisions: [{ ...GRANT, at: 1 }] });
    brand.emulator.faults.strike({
      fault: { kind: "meanwhile", after: () => strike(brand, { kind }, "GetCustomerDetail") },
      times: 1,
      when: { operations: ["UpdateCustomer"] },
    });
    expect(tell((await brand.write(item))[0])).toMatchObject({ code: "outcomeUnknown" });
    expect(tell((await brand.write(item))[0])).toEqual(["unchanged"]);
    expect(brand.record()).toMatchObject({ OptinEmail: "BrandOnly" });
  });
});

describe("a rule of Y2", () => {
  it("that the profile breaks does not keep a refusal from being written", async () => {
    const brand = await openHeld({ folder: { lengths: { FirstName: 5 } } });
    const [outcome] = await brand.write(itemOf({ profile: { givenName: "Maximilienne", familyName: "Durand" }, decisions: [{ channel: "sms", status: "withdrawn", at: 1 }] }));
    expect(tell(outcome)).toEqual(["applied"]);
    expect(outcome).toMatchObject({ profile: { givenName: "rejected", familyName: "rejected" } });
    expect(brand.record()).toMatchObject({ OptinMobile: "DoNotUse", LastName: "Moreau" });
  });

  it("that an old value of the record breaks fails every write, with Y2's own code", async () => {
    const brand = await openHeld();
    brand.emulator.customers.change({ customerId: OWN_ID, values: { SalesPersonId: "V001" } });
    brand.emulator.settings.setTables({ salespeople: [] });
    const outcomes = [await brand.write(itemOf({ decisions: [{ channel: "sms", status: "withdrawn", at: 1 }] })), await brand.write(itemOf({ profile: { givenName: "Irma" }, decisions: [{ channel: "sms", status: "withdrawn", at: 1 }] }))];
    for (const [outcome] of outcomes) expect(tell(outcome)).toMatchObject({ code: "rejectedByProvider", providerCode: "CBR99005" });
    expect(brand.record()).toMatchObject({ OptinMobile: "BrandOnly", FirstName: "Inès" });
  });

  it("about the privacy level fails the item where the settings say otherwise, and nothing is written by half", async () => {
    const brand = await openY2Brand({ folder: { privacyLevel: "global" } });
    expect(tell((await brand.write(itemOf({ profile: INES, decisions: [GRANT] })))[0])).toMatchObject({ code: "rejectedByProvider", providerCode: "CBR99007" });
    expect(brand.emulator.customers.list()).toEqual([]);
  });
});

describe("a folder that cannot be reached", () => {
  it("stops a batch after wrong credentials, before the user is locked out", async () => {
    const brand = await openY2Brand({ options: { maxConcurrency: 1 } });
    brand.emulator.faults.strike({ fault: { kind: "unauthorized" } });
    const refs = ["a", "b", "c", "d"].map((letter) => `${letter}bcdefghijklmnopqrstuvwxyz`);
    const write = brand.write(...refs.map((ref) => itemOf({ ref, decisions: [GRANT] })));
    await expect(write).rejects.toMatchObject({ code: "unauthenticated", retry: { kind: "never" } });
    expect(brand.calls()).toHaveLength(1);
  });

  it("stops a batch after the first one whom it was not reached for, those behind are told the same", async () => {
    const brand = await openHeld({ options: { maxConcurrency: 1 } });
    brand.calls();
    strike(brand, { kind: "serverError", status: 503 }, "SearchCustomerIds");
    const refs = ["b", "c", "d"].map((letter) => `${letter}bcdefghijklmnopqrstuvwxyz`);
    const outcomes = await brand.write(itemOf({ decisions: [{ channel: "sms", status: "withdrawn", at: 1 }] }), ...refs.map((ref) => itemOf({ ref, decisions: [GRANT] })));
    expect(outcomes.map(tell)).toEqual([["applied"], ...refs.map(() => ({ code: "unavailable" }))]);
    // Three for the refusal, then the id that is unknown and the search for it.
    expect(brand.calls()).toHaveLength(5);
  });

  it("is not what a fault of the service's own says of one record", async () => {
    const brand = await openHeld({ options: { maxConcurrency: 1 } });
    strike(brand, { kind: "soapFault", code: null }, "GetCustomerDetail");
    const items = [itemOf({ decisions: [{ ...GRANT, at: 1 }] }), itemOf({ ref: "zyxwvutsrqponmlkjihgfedcba", decisions: [{ ...GRANT, at: 1 }] })];
    expect((await brand.write(...items)).map(tell)).toEqual([expect.objectContaining({ code: "unavailable" }), ["applied"]]);
  });
});
