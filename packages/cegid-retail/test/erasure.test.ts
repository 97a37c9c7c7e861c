import { afterEach, describe, expect, it } from "vitest";
import { createEraser } from "../src/erasure/erase-subject.ts";
import { isErased } from "../src/erasure/is-erased.ts";
import { toTestMarkWrites } from "../src/mapping/test-mark.ts";
import { mergeUserWrites } from "../src/mapping/user-slot.ts";
import type { CustomerQueryData } from "../src/soap/data-contract.ts";
import { readCustomer } from "../src/transport/read-customer.ts";
import { addWritten, codeOf, CUSTOMER_ID, openTenant, REF, type Tenant } from "./support/rights-world.ts";

const opened: Tenant[] = [];
afterEach(async () => {
  for (const tenant of opened.splice(0)) await tenant.close();
});

async function open(...given: Parameters<typeof openTenant>): Promise<Tenant> {
  const tenant = await openTenant(...given);
  opened.push(tenant);
  return tenant;
}

const anonymisation = { method: "POST" } as const;
const REQUEST = { subjectRef: REF, reason: "subjectRequest", requestedAt: 0 } as const;
const OPT_INS = { OptinEmail: "BrandOnly", OptinMobile: "DoNotUse" } as const;
const NOTHING = [{ kind: "profile", outcome: "notFound", count: 0 }];
const CANARY = /canari|ines@|inès|\+33639980001|1990/i;

describe("with the anonymisation service", () => {
  it("nothing of the person is left, and a second erasure finds nothing", async () => {
    const { emulator, session } = await open({ options: { anonymisation } });
    await addWritten({ session, optIns: OPT_INS });
    const eraser = createEraser(session);
    expect(await eraser.erase(REQUEST)).toEqual([
      { kind: "profile", outcome: "erased", count: 1 },
      { kind: "states", outcome: "erased", count: 2 },
    ]);
    expect(emulator.dump()).not.toMatch(CANARY);
    expect(await eraser.erase(REQUEST)).toEqual(NOTHING);
  });

  it.each([
    [{ hasOutstandingPayments: true }, "outstandingPayments"],
    [{ hasClothingAllowance: true }, "clothingAllowance"],
  ])("%o retains the record, and nobody may write to the person any more", async (obstacles, reason) => {
    const { emulator, session } = await open({ options: { anonymisation } });
    await addWritten({ session, optIns: { OptinEmail: "ForPartners" } });
    emulator.customers.setObstacles({ customerId: CUSTOMER_ID, ...obstacles });
    expect(await createEraser(session).erase(REQUEST)).toEqual([
      { kind: "profile", outcome: "retained", count: 1, reason },
      { kind: "states", outcome: "retained", count: 1, reason },
    ]);
    expect(emulator.customers.get(CUSTOMER_ID)).toMatchObject({ OptinEmail: "DoNotUse", OptinPostal: "DoNotUse", Closed: false, LastName: "Canari" });
  });

  it("whose answer was lost ends as if it had come, when it is asked again", async () => {
    const { emulator, session } = await open({ options: { anonymisation } });
    await addWritten({ session });
    emulator.faults.strike({ fault: { kind: "resetAfterApply" }, times: 1, when: { operations: ["AnonymizeCustomer"] } });
    expect(await codeOf(createEraser(session).erase(REQUEST))).toMatchObject({ code: "outcomeUnknown" });
    expect(await createEraser(session).erase(REQUEST)).toEqual(NOTHING);
    expect(emulator.dump()).not.toMatch(CANARY);
  });

  it("that answers success and does nothing leaves a record that is closed, blank and refused, and told as masked", async () => {
    const { emulator, session } = await open({ options: { anonymisation } });
    await addWritten({ session, optIns: { OptinEmail: "ForPartners" } });
    const idle = { ...session, anonymise: async () => {} };
    expect(await createEraser(idle).erase(REQUEST)).toEqual([
      { kind: "profile", outcome: "masked", count: 1, reason: "anonymisationWithoutEffect" },
      { kind: "states", outcome: "retained", count: 1, reason: "anonymisationWithoutEffect" },
    ]);
    expect(emulator.customers.get(CUSTOMER_ID)).toMatchObject({ Closed: true, OptinEmail: "DoNotUse", LastName: "-" });
    expect(emulator.dump()).not.toMatch(CANARY);
  });

  it("that refuses a record in which a name is all that is left is not told as if there were nobody", async () => {
    const { emulator, session } = await open({ options: { anonymisation } });
    await addWritten({ session });
    await createEraser({ ...session, settings: { ...session.settings, anonymisation: null } }).erase(REQUEST);
    emulator.customers.change({ customerId: CUSTOMER_ID, values: { LastName: "Canari" } });
    emulator.customers.setObstacles({ customerId: CUSTOMER_ID, hasOutstandingPayments: true });
    expect(await createEraser(session).erase(REQUEST)).toContainEqual({ kind: "profile", outcome: "retained", count: 1, reason: "outstandingPayments" });
  });

  it("which is not installed after all is an error, and the record is left alone", async () => {
    const { emulator, session } = await open({ options: { anonymisation }, emulator: { anonymization: { isInstalled: false } } });
    await addWritten({ session });
    expect(await codeOf(createEraser(session).erase(REQUEST))).toMatchObject({ code: "unsupported", operation: "erasure.erase" });
    expect(emulator.customers.get(CUSTOMER_ID)).toMatchObject({ Closed: false, LastName: "Canari" });
  });
});

describe("without the anonymisation service", () => {
  it("the record is closed and blanked, which is told as masked, its refusals as retained, and a second erasure finds nothing", async () => {
    const { emulator, session } = await open();
    const userFields = [{ Id: 1, ValueType: "TextValueKind", TextValue: "canari" }, { Id: 11, ValueType: "DateValueKind", DateValue: "1990-03-02T00:00:00" }] as const;
    await addWritten({ session, optIns: OPT_INS, members: { UserFields: userFields, UserDefinedTexts: [{ Id: "1", Value: "canari" }], Barcode: "CANARI" } });
    const eraser = createEraser(session);
    expect(await eraser.erase(REQUEST)).toEqual([
      { kind: "profile", outcome: "masked", count: 1, reason: "closedAndBlankedOnly" },
      { kind: "states", outcome: "retained", count: 2, reason: "closedAndBlankedOnly" },
    ]);
    expect(emulator.dump()).not.toMatch(CANARY);
    expect(emulator.customers.get(CUSTOMER_ID)).toMatchObject({ Closed: true, LastName: "-", OptinEmail: "DoNotUse", OptinHomePhone: "DoNotUse" });
    const stored = (await readCustomer({ session, customerId: CUSTOMER_ID, operation: "test" })) as CustomerQueryData;
    expect(isErased({ settings: session.settings, stored })).toBe(true);
    expect(await eraser.erase(REQUEST)).toEqual(NOTHING);
  });

  it.each([
    ...(["AlternateFirstName", "AlternateLastName", "CompanyIdNumber", "FiscalId", "ItalianFiscalId", "LongDescription", "MunicipalRegistration", "RegionalRegistration", "ShortName"] as const).map((member) => [member, "canari"]),
    // A number whose check digits are right, and that is nobody's.
    ["CpfCnpjCode", "12345678909"],
  ])("nothing of %s is left", async (member = "", value = "") => {
    const { emulator, session } = await open();
    await addWritten({ session, members: { [member]: value } });
    expect(emulator.dump()).toContain(value);
    await createEraser(session).erase(REQUEST);
    expect(emulator.dump()).not.toContain(value);
    expect(await createEraser(session).erase(REQUEST)).toEqual(NOTHING);
  });

  it("a record that is blank and open, or closed and not refused, is no erased one", async () => {
    const { session } = await open();
    await addWritten({ session });
    await createEraser(session).erase(REQUEST);
    const { settings } = session;
    const stored = (await readCustomer({ session, customerId: CUSTOMER_ID, operation: "test" })) as CustomerQueryData;
    const others: readonly CustomerQueryData[] = [{ ...stored, Closed: false }, { ...stored, OptinPostal: "AskCustomer" }, { ...stored, LastName: "Canari" }];
    expect(others.map((other) => isErased({ settings, stored: other }))).toEqual([false, false, false]);
  });

  it.each(["global", "channel"] as const)("the opt-ins fit a %s privacy level", async (level) => {
    const { session } = await open({ options: { privacyGranularity: level }, emulator: { privacyLevel: level } });
    await addWritten({ session });
    expect(await createEraser(session).erase(REQUEST)).toMatchObject([{ kind: "profile", outcome: "masked" }]);
  });

  it("a linked customer is found by the link, a closed one too, and loses the link as well", async () => {
    for (const linkField of ["Barcode", { userDefinedText: 1 }] as const) {
      const { emulator, session } = await open({ options: { linkField } });
      const link = linkField === "Barcode" ? { Barcode: CUSTOMER_ID } : { UserDefinedTexts: [{ Id: "1", Value: CUSTOMER_ID }] as const };
      await addWritten({ session, customerId: "88000001", members: link });
      emulator.customers.close("88000001");
      expect(await createEraser(session).erase(REQUEST)).toMatchObject([{ kind: "profile", outcome: "masked" }]);
      expect(emulator.dump()).not.toMatch(new RegExp(`canari|${CUSTOMER_ID}`, "i"));
    }
  });

  it("two records of one link are nobody's to pick", async () => {
    const { emulator, session } = await open({ options: { linkField: { userDefinedText: 1 } } });
    for (const customerId of ["88000001", "88000002"]) await addWritten({ session, customerId, members: { UserDefinedTexts: [{ Id: "1", Value: CUSTOMER_ID }] } });
    expect(await codeOf(createEraser(session).erase(REQUEST))).toMatchObject({ code: "conflict" });
    expect(emulator.customers.list().map((customer) => customer["Closed"])).toEqual([false, false]);
  });

  it("what a folder keeps all the same is an error that names members and no values", async () => {
    const { emulator, session } = await open();
    await addWritten({ session });
    const restore = (): void => emulator.customers.change({ customerId: CUSTOMER_ID, values: { FirstName: "Inès" } });
    emulator.faults.strike({ fault: { kind: "meanwhile", after: restore }, when: { operations: ["UpdateCustomer"] } });
    const error = await codeOf(createEraser(session).erase(REQUEST));
    expect(error).toMatchObject({ code: "rejectedByProvider", providerCode: "stillHeld", fieldNames: ["FirstName"] });
    expect(JSON.stringify(error) + String(error["stack"])).not.toMatch(CANARY);
  });

  it("a folder that is down is an error, and a stranger is nobody", async () => {
    const { emulator, session } = await open();
    expect(await createEraser(session).erase(REQUEST)).toEqual(NOTHING);
    emulator.faults.strike({ fault: { kind: "serverError", status: 503 } });
    expect(await codeOf(createEraser(session).erase(REQUEST))).toMatchObject({ code: "unavailable" });
  });
});

describe("test people", () => {
  const testField = { userDefinedText: 2 } as const;
  const markedIn = (session: Tenant["session"]): Pick<CustomerQueryData, "UserDefinedTexts"> =>
    mergeUserWrites({ stored: null, writes: toTestMarkWrites({ settings: session.settings, stored: null, isTest: true }) });

  it("are erased by their mark, all of them, and nobody else", async () => {
    const { emulator, session } = await open({ options: { testField, anonymisation } });
    for (const customerId of ["T1", "T2"]) await addWritten({ session, customerId, members: markedIn(session) });
    await addWritten({ session });
    const eraser = createEraser(session);
    expect(await eraser.eraseTest()).toEqual([{ kind: "profile", outcome: "erased", count: 2 }]);
    expect(emulator.customers.get(CUSTOMER_ID)).toMatchObject({ LastName: "Canari" });
    expect([emulator.customers.get("T1"), emulator.customers.get("T2")]).toMatchObject([{ Closed: true }, { Closed: true }]);
    expect(await eraser.eraseTest()).toEqual(NOTHING);
  });

  it("are erased also where there are more of them than one search tells", async () => {
    const { session } = await open({ options: { testField } });
    for (let index = 0; index < 60; index += 1) await addWritten({ session, customerId: `T${index}`, members: markedIn(session) });
    expect(await createEraser(session).eraseTest()).toMatchObject([{ kind: "profile", outcome: "masked", count: 60 }]);
  });

  it("are no strangers whom a search finds beside them", async () => {
    const { emulator, session } = await open({ options: { testField } });
    await addWritten({ session });
    await addWritten({ session, customerId: "T1", members: markedIn(session) });
    emulator.faults.strike({ fault: { kind: "strangers" } });
    expect(await createEraser(session).eraseTest()).toMatchObject([{ kind: "profile", outcome: "masked", count: 1 }]);
    expect(emulator.customers.get(CUSTOMER_ID)).toMatchObject({ Closed: false, LastName: "Canari" });
  });

  it("cannot be told where no text is configured for the mark", async () => {
    const { session } = await open();
    expect(await codeOf(createEraser(session).eraseTest())).toMatchObject({ code: "unsupported", fieldNames: ["testField"] });
  });
});
