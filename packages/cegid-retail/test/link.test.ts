import { afterEach, describe, expect, it } from "vitest";
import type { LinkingFacetV1 } from "@volenti/core/adapter";
import type { CegidRetailConnectorOptions } from "../src/cegid-retail-connector-options.ts";
import { createLinker } from "../src/link/create-linker.ts";
import { addWritten, codeOf, collect, CUSTOMER_ID, listOf, openTenant, REF, type Tenant } from "./support/rights-world.ts";

const opened: Tenant[] = [];
afterEach(async () => {
  for (const tenant of opened.splice(0)) await tenant.close();
});

async function open(options: Partial<CegidRetailConnectorOptions> = {}): Promise<Tenant & { linker: LinkingFacetV1 }> {
  const tenant = await openTenant({ options: { customerList: () => listOf("C1", "C2", "C3"), countryMap: { FR: "FRA" }, ...options } });
  opened.push(tenant);
  const linker = createLinker(tenant.session);
  if (linker === null) throw new Error("no linking is offered");
  return { ...tenant, linker };
}

const OTHER_REF = "zzzzzzzzzzzzzzzzzzzzzzzzzz";

describe("the list of customers", () => {
  it("is the brand's own, with what each is known by; who is gone or closed is left out", async () => {
    const { emulator, session, linker } = await open({ refField: { userDefinedText: 1 } });
    await addWritten({ session, customerId: "C1" });
    await addWritten({ session, customerId: "C3", members: { UserDefinedTexts: [{ Id: "1", Value: REF }] } });
    const known = {
      values: [
        { kind: "email", value: "ines@example.com" },
        { kind: "phone", value: "+33639980001" },
      ],
      country: "FR",
    };
    expect(await collect(linker.listCustomers({ cursor: null }))).toEqual([
      { customerId: "C1", subjectRef: null, cursor: "C1", ...known },
      { customerId: "C3", subjectRef: REF, cursor: "C3", ...known },
    ]);
    expect((await collect(linker.listCustomers({ cursor: "C1" }))).map(({ customerId }) => customerId)).toEqual(["C3"]);
    emulator.customers.close("C1");
    expect((await collect(linker.listCustomers({ cursor: null }))).map(({ customerId }) => customerId)).toEqual(["C3"]);
  });

  it("breaks where Y2 breaks, and where the cursor is not in it", async () => {
    const { emulator, session, linker } = await open();
    await addWritten({ session, customerId: "C1" });
    expect(await codeOf(collect(linker.listCustomers({ cursor: "C9" })))).toMatchObject({ code: "invalidInput", fieldNames: ["cursor"] });
    emulator.faults.strike({ fault: { kind: "resetBeforeApply" } });
    expect(await codeOf(collect(linker.listCustomers({ cursor: null })))).toMatchObject({ code: "unavailable" });
  });

  it("is not offered without the brand's list, or without a place for links", async () => {
    const tenant = await open();
    expect(createLinker(tenant.open({}))).toBeNull();
    expect(createLinker(tenant.open({ customerList: () => listOf(), linkField: null }))).toBeNull();
  });
});

describe("a link", () => {
  const link = (customerId: string, subjectRef = REF): { customerId: string; subjectRef: string } => ({ customerId, subjectRef });

  it.each(["Barcode", { userDefinedText: 1 }, { userField: 2 }] as const)("in %o is written where the place is empty, and is there the next time", async (linkField) => {
    const { emulator, session, linker } = await open({ linkField });
    await addWritten({ session, customerId: "C1", optIns: { OptinEmail: "DoNotUse", OptinMobile: "BrandOnly" } });
    expect(await linker.link({ links: [link("C1")] })).toEqual([{ customerId: "C1", status: "linked", recordId: "C1" }]);
    expect(emulator.dump()).toContain(CUSTOMER_ID);
    expect(emulator.customers.get("C1")).toMatchObject({ OptinEmail: "DoNotUse", OptinMobile: "BrandOnly", ValidEmail: false, LastName: "Canari" });
    expect(await linker.link({ links: [link("C1")] })).toEqual([{ customerId: "C1", status: "unchanged", recordId: "C1" }]);
    expect(await linker.link({ links: [link("C1", OTHER_REF)] })).toEqual([{ customerId: "C1", status: "conflict" }]);
  });

  it("puts back nothing that a cashier changed while others were looked for", async () => {
    const { emulator, session, linker } = await open();
    await addWritten({ session, customerId: "C1", optIns: { OptinMobile: "BrandOnly" } });
    const after = (): void => emulator.customers.changeOptIns({ customerId: "C1", optIns: { OptinMobile: "DoNotUse" } });
    emulator.faults.strike({ fault: { kind: "meanwhile", after }, times: 1, when: { operations: ["SearchCustomerIds"] } });
    expect(await linker.link({ links: [link("C1")] })).toEqual([{ customerId: "C1", status: "linked", recordId: "C1" }]);
    expect(emulator.customers.get("C1")).toMatchObject({ OptinMobile: "DoNotUse", Barcode: CUSTOMER_ID });
  });

  it("makes no person of a company that has the same address", async () => {
    const { emulator, session, linker } = await open();
    await addWritten({ session, customerId: "C1", members: { IsCompany: true } });
    expect(await linker.link({ links: [link("C1")] })).toEqual([{ customerId: "C1", status: "conflict" }]);
    expect(emulator.customers.get("C1")).toMatchObject({ Barcode: "", IsCompany: true });
  });

  it("keeps the whole ref beside it where there is room for it", async () => {
    const { emulator, session, linker } = await open({ refField: { userDefinedText: 1 } });
    await addWritten({ session, customerId: "C1" });
    await linker.link({ links: [link("C1")] });
    expect(emulator.dump()).toContain(REF);
  });

  it("is never written over a card, over another link, or beside the one who bears it", async () => {
    const { emulator, session, linker } = await open();
    await addWritten({ session, customerId: "C1", members: { Barcode: "2990000000017" } });
    await addWritten({ session, customerId: "C2" });
    await addWritten({ session });
    const before = emulator.dump();
    expect(await linker.link({ links: [link("C1"), link("C2")] })).toEqual([
      { customerId: "C1", status: "conflict" },
      { customerId: "C2", status: "conflict" },
    ]);
    expect(emulator.dump()).toBe(before);
  });

  it("of one ref is given to one of two who are named in one call", async () => {
    const { session, linker } = await open();
    for (const customerId of ["C1", "C2"]) await addWritten({ session, customerId });
    const outcomes = await linker.link({ links: [link("C1"), link("C2")] });
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["conflict", "linked"]);
  });

  it("that fails fails alone, in the order of the links", async () => {
    const { emulator, session, linker } = await open();
    for (const customerId of ["C1", "C3"]) await addWritten({ session, customerId });
    emulator.customers.close("C3");
    expect(await linker.link({ links: [link("C2", OTHER_REF), link("C1"), link("C3", OTHER_REF)] })).toMatchObject([
      { customerId: "C2", status: "failed", error: { code: "rejectedByProvider", providerCode: "unknownCustomer" } },
      { customerId: "C1", status: "linked", recordId: "C1" },
      { customerId: "C3", status: "failed", error: { code: "rejectedByProvider", providerCode: "closedCustomer" } },
    ]);
  });

  it("whose answer is lost says so, and is found to be there when it comes again", async () => {
    const { emulator, session, linker } = await open();
    await addWritten({ session, customerId: "C1" });
    emulator.faults.strike({ fault: { kind: "resetAfterApply" }, times: 1, when: { operations: ["UpdateCustomer"] } });
    expect(await linker.link({ links: [link("C1")] })).toMatchObject([{ status: "failed", error: { code: "outcomeUnknown" } }]);
    expect(await linker.link({ links: [link("C1")] })).toEqual([{ customerId: "C1", status: "unchanged", recordId: "C1" }]);
  });
});
