import { describe, expect, it } from "vitest";
import { codeOf, openCustomerOrg } from "./support/open-customer-org.ts";

const refs = (count: number): string[] => Array.from({ length: count }, (_, index) => `ref${String(index).padStart(23, "a")}`);
const [REF_A = "", REF_B = ""] = refs(2);

describe("listing customers", () => {
  it("answers the values of the match keys as they stand, the ref and the country", async () => {
    const { add, list } = await openCustomerOrg();
    const first = add({ LastName: "Moreau", Email: "Ines@Example.com", MobilePhone: "+33 1 99 00 00 01", MailingCountry: "France" });
    const second = add({ LastName: "Petit", VolentiRef__c: REF_A });
    expect(await list()).toEqual([
      {
        customerId: first,
        subjectRef: null,
        values: [{ kind: "email", value: "Ines@Example.com" }, { kind: "phone", value: "+33 1 99 00 00 01" }],
        country: "France",
        cursor: first,
      },
      { customerId: second, subjectRef: REF_A, values: [], country: null, cursor: second },
    ]);
  });

  it("answers country codes where the org has country picklists", async () => {
    const { add, list } = await openCustomerOrg({ org: { addressPicklists: true } });
    add({ LastName: "Moreau", MailingCountryCode: "FR" });
    expect(await list()).toMatchObject([{ country: "FR" }]);
  });

  it("goes on behind a cursor, and leaves out what was deleted", async () => {
    const { add, list, emulator } = await openCustomerOrg();
    const ids = [add({ LastName: "A" }), add({ LastName: "B" }), add({ LastName: "C" })];
    emulator.org.remove({ objectName: "Contact", id: ids[1] ?? "" });
    expect((await list(ids[0])).map(({ customerId }) => customerId)).toEqual([ids[2]]);
  });

  it("takes one call for 2,000 records", async () => {
    const { add, list, emulator } = await openCustomerOrg({ options: { addressFields: "text" } });
    for (let index = 0; index < 2001; index += 1) add({ LastName: `Customer ${index}` });
    expect(new Set((await list()).map(({ customerId }) => customerId)).size).toBe(2001);
    expect(emulator.calls.list().length).toBeLessThanOrEqual(3);
  });

  it("lists person accounts and no companies where profiles are person accounts", async () => {
    const { add, list, emulator } = await openCustomerOrg({ org: { personAccounts: true }, options: { profileObject: "PersonAccount" } });
    emulator.org.insert({ objectName: "Account", values: { Name: "Maison Exemple" } });
    const id = add({ LastName: "Moreau", PersonEmail: "ines@example.com" });
    expect(await list()).toMatchObject([{ customerId: id, values: [{ kind: "email", value: "ines@example.com" }] }]);
  });

  it("rejects rather than ending early when a page fails", async () => {
    const { add, list, emulator } = await openCustomerOrg();
    add({ LastName: "A" });
    emulator.faults.strike({ fault: { kind: "unavailable" } });
    expect(await codeOf(list())).toBe("unavailable");
  });
});

describe("linking customers", () => {
  it("gives the record its ref and an Individual of that ref, which bears no name", async () => {
    const { add, linking, refOf, individuals, emulator } = await openCustomerOrg();
    const id = add({ LastName: "Moreau", Email: "ines@example.com" });
    expect(await linking.link({ links: [{ customerId: id, subjectRef: REF_A }] })).toEqual([{ customerId: id, status: "linked" }]);
    expect(refOf(id)).toBe(REF_A);
    const [individual, ...others] = individuals();
    expect(others).toEqual([]);
    expect(individual?.["VolentiRef__c"]).toBe(REF_A);
    expect(individual?.["LastName"]).not.toContain("Moreau");
    expect(emulator.org.rows("Contact")[0]?.["IndividualId"]).toBe(individual?.["Id"]);
  });

  it("gives the ref to the Individual that the record has", async () => {
    const { add, linking, individuals, emulator } = await openCustomerOrg();
    const individualId = emulator.org.insert({ objectName: "Individual", values: { LastName: "Moreau" } });
    const id = add({ LastName: "Moreau", IndividualId: individualId });
    await linking.link({ links: [{ customerId: id, subjectRef: REF_A }] });
    expect(individuals()).toMatchObject([{ Id: individualId, VolentiRef__c: REF_A, LastName: "Moreau" }]);
    expect(emulator.org.rows("Contact")[0]?.["IndividualId"]).toBe(individualId);
  });

  it("connects the record with the Individual that bears the ref already", async () => {
    const { add, linking, individuals, emulator } = await openCustomerOrg();
    const individualId = emulator.org.insert({ objectName: "Individual", values: { LastName: "Kept", VolentiRef__c: REF_A } });
    const id = add({ LastName: "Moreau" });
    expect(await linking.link({ links: [{ customerId: id, subjectRef: REF_A }] })).toMatchObject([{ status: "linked" }]);
    expect(individuals()).toMatchObject([{ Id: individualId, LastName: "Kept" }]);
    expect(emulator.org.rows("Contact")[0]?.["IndividualId"]).toBe(individualId);
  });

  it("answers unchanged for what is linked, and writes nothing", async () => {
    const { add, linking, emulator } = await openCustomerOrg();
    const links = [{ customerId: add({ LastName: "Moreau" }), subjectRef: REF_A }];
    await linking.link({ links });
    emulator.calls.reset();
    expect(await linking.link({ links })).toMatchObject([{ status: "unchanged" }]);
    expect(emulator.calls.list().length).toBe(1);
  });

  it("never overwrites another ref, of the record or of its Individual, and never gives one ref to two records", async () => {
    const { add, linking, emulator, refOf } = await openCustomerOrg();
    const named = emulator.org.insert({ objectName: "Individual", values: { LastName: "X", VolentiRef__c: REF_B } });
    const ids = [
      add({ LastName: "A", VolentiRef__c: REF_B }),
      add({ LastName: "B", IndividualId: named }),
      add({ LastName: "C" }),
      add({ LastName: "D" }),
    ];
    const subjectRefs = [REF_A, REF_A, REF_B, REF_A];
    const before = emulator.org.dump();
    const outcomes = await linking.link({ links: ids.slice(0, 3).map((customerId, index) => ({ customerId, subjectRef: subjectRefs[index] ?? "" })) });
    expect(outcomes.map(({ status }) => status)).toEqual(["conflict", "conflict", "conflict"]);
    expect(emulator.org.dump()).toBe(before);
    expect(await linking.link({ links: [{ customerId: ids[3] ?? "", subjectRef: REF_A }] })).toMatchObject([{ status: "linked" }]);
    expect(refOf(ids[0] ?? "")).toBe(REF_B);
  });

  it("gives an Individual that two records share to the first of them, and moves neither away from it", async () => {
    const { add, linking, emulator } = await openCustomerOrg();
    const shared = emulator.org.insert({ objectName: "Individual", values: { LastName: "Moreau" } });
    const ids = [add({ LastName: "A", IndividualId: shared }), add({ LastName: "B", IndividualId: shared })];
    const outcomes = await linking.link({ links: ids.map((customerId, index) => ({ customerId, subjectRef: [REF_A, REF_B][index] ?? "" })) });
    expect(outcomes.map(({ status }) => status)).toEqual(["linked", "conflict"]);
    expect(emulator.org.rows("Contact").map((row) => row["IndividualId"])).toEqual([shared, shared]);
  });

  it("does not link a record whose Individual was refused, and links its neighbours", async () => {
    const { add, linking, refOf, emulator } = await openCustomerOrg();
    const ids = [add({ LastName: "A" }), add({ LastName: "B" })];
    emulator.faults.refuseKey({ value: REF_A });
    const outcomes = await linking.link({ links: ids.map((customerId, index) => ({ customerId, subjectRef: [REF_A, REF_B][index] ?? "" })) });
    expect(outcomes.map(({ status }) => status)).toEqual(["failed", "linked"]);
    expect([refOf(ids[0] ?? ""), refOf(ids[1] ?? "")]).toEqual([null, REF_B]);
  });

  it("says of a record that was deleted meanwhile that it was not linked", async () => {
    const { add, linking, emulator } = await openCustomerOrg();
    const id = add({ LastName: "A" });
    emulator.org.remove({ objectName: "Contact", id });
    expect(await linking.link({ links: [{ customerId: id, subjectRef: REF_A }] })).toMatchObject([{ status: "failed" }]);
  });

  it("is told that nobody knows when the connection breaks behind the write, and the same links again settle it", async () => {
    const { add, linking, emulator, refOf, before, individuals } = await openCustomerOrg();
    const id = add({ LastName: "A" });
    const links = [{ customerId: id, subjectRef: REF_A }];
    before({ call: 2, run: () => void emulator.faults.strike({ fault: { kind: "resetAfterApply" }, times: 1 }) });
    expect(await codeOf(linking.link({ links }))).toBe("outcomeUnknown");
    expect(await linking.link({ links })).toMatchObject([{ status: "unchanged" }]);
    expect([refOf(id), individuals().length]).toEqual([REF_A, 1]);
  });

  it("begins again where the connection broke before the write", async () => {
    const { add, linking, emulator, refOf, before } = await openCustomerOrg();
    const links = [{ customerId: add({ LastName: "A" }), subjectRef: REF_A }];
    before({ call: 2, run: () => void emulator.faults.strike({ fault: { kind: "resetBeforeApply" }, times: 1 }) });
    expect(await codeOf(linking.link({ links }))).toBe("outcomeUnknown");
    expect(await linking.link({ links })).toMatchObject([{ status: "linked" }]);
    expect(refOf(links[0]?.customerId ?? "")).toBe(REF_A);
  });

  it("is told of a conflict when another record takes the ref between the look and the write", async () => {
    const { add, linking, refOf, before } = await openCustomerOrg();
    const id = add({ LastName: "A" });
    before({ call: 2, run: () => void add({ LastName: "B", VolentiRef__c: REF_A }) });
    expect(await linking.link({ links: [{ customerId: id, subjectRef: REF_A }] })).toEqual([{ customerId: id, status: "conflict" }]);
    expect(refOf(id)).toBeNull();
  });

  it("fails the rows that are locked, and links them when they come again", async () => {
    const { add, linking, emulator } = await openCustomerOrg();
    const links = [{ customerId: add({ LastName: "A" }), subjectRef: REF_A }];
    emulator.faults.lockRows({ objectName: "Contact", times: 1 });
    expect(await linking.link({ links })).toMatchObject([{ status: "failed", error: { code: "unavailable", providerCode: "UNABLE_TO_LOCK_ROW" } }]);
    expect(await linking.link({ links })).toMatchObject([{ status: "linked" }]);
  });

  it("takes two calls for 200 links, and answers more in their order", async () => {
    const { add, linking, emulator } = await openCustomerOrg();
    const links = refs(250).map((subjectRef, index) => ({ customerId: add({ LastName: `Customer ${index}` }), subjectRef }));
    await linking.link({ links: links.slice(0, 1) });
    emulator.calls.reset();
    const outcomes = await linking.link({ links });
    expect(emulator.calls.list().length).toBe(4);
    expect(outcomes.map(({ customerId, status }) => [customerId, status])).toEqual(
      links.map(({ customerId }, index) => [customerId, index === 0 ? "unchanged" : "linked"]),
    );
  });

  it("links person accounts through their own Individual", async () => {
    const { add, linking, emulator, refOf } = await openCustomerOrg({ org: { personAccounts: true }, options: { profileObject: "PersonAccount" } });
    const id = add({ LastName: "Moreau" });
    expect(await linking.link({ links: [{ customerId: id, subjectRef: REF_A }] })).toMatchObject([{ status: "linked" }]);
    const individual = emulator.org.rows("Individual")[0]?.["Id"];
    expect([refOf(id), emulator.org.rows("Account")[0]?.["PersonIndividualId"]]).toEqual([REF_A, individual]);
  });
});
