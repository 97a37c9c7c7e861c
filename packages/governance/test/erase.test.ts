import { describe, expect, it } from "vitest";
import { NOW, openShop } from "./support/open-shop.ts";

const ines = { identifier: { kind: "email", value: "ines@example.com" }, requestedAt: NOW } as const;

describe("erase", () => {
  it("erases a person everywhere, and answers what each destination did with each kind of record", async () => {
    const { governance, submit, ledger, crm } = openShop();
    await submit();
    const report = await governance.erase(ines);
    expect(report.outcome).toBe("complete");
    expect(report.destinations).toMatchObject([
      { id: "ledger", region: "FR", status: "erased" },
      { id: "crm", region: "IE", status: "erased" },
    ]);
    const [inLedger] = report.destinations;
    expect(inLedger?.records).toContainEqual({ kind: "decisions", outcome: "retained", count: 1, reason: "proofWithoutIdentity" });
    expect([ledger.records.people.size, crm.records.people.size, ledger.records.links.size]).toEqual([0, 0, 0]);
    expect((await governance.show(ines)).found).toBe(false);
  });

  it("is idempotent: what is gone is not found, and that is complete", async () => {
    const { governance, submit } = openShop();
    await submit();
    await governance.erase(ines);
    const again = await governance.erase(ines);
    expect(again.outcome).toBe("complete");
    expect(again.destinations.map(({ status }) => status)).toEqual(["notFound", "notFound"]);
  });

  it("erases copies before the ledger that knows their refs", async () => {
    const order: string[] = [];
    const { governance, submit } = openShop({
      change: (connectors) =>
        Object.fromEntries(
          Object.entries(connectors).map(([id, connector]) => {
            const { erasure } = connector;
            if (erasure === undefined) throw new Error("nothing erases");
            const erase: typeof erasure.erase = (request) => {
              order.push(id);
              return erasure.erase(request);
            };
            return [id, { ...connector, erasure: { ...erasure, erase } }];
          }),
        ),
    });
    await submit();
    await governance.erase(ines);
    expect(order).toEqual(["crm", "ledger"]);
  });

  it("keeps the ledger while a copy could not be erased, so that the next run finds that copy", async () => {
    const { governance, submit, ledger, crm } = openShop();
    await submit({ loyaltyId: "L-1" });
    const byLoyaltyId = { identifier: { kind: "loyaltyId", value: "L-1" }, requestedAt: NOW } as const;
    crm.fail({ kind: "unavailable" });
    expect(await governance.erase(byLoyaltyId)).toEqual({
      outcome: "incomplete",
      destinations: [
        { id: "ledger", region: "FR", status: "notAttempted", code: "copiesRemain", records: [] },
        { id: "crm", region: "IE", status: "failed", code: "unavailable", records: [] },
      ],
    });
    crm.fail(null);
    expect((await governance.erase(byLoyaltyId)).outcome).toBe("complete");
    expect([ledger.records.people.size, crm.records.people.size]).toEqual([0, 0]);
  });

  it("goes on with the other copies where one fails", async () => {
    const { governance, submit, crm } = openShop({
      change: ({ ledger, crm }) => ({
        broken: { ...crm, attach: () => {}, erasure: { erase: () => Promise.reject(new Error("ines@example.com")), eraseTest: () => Promise.resolve([]) } },
        ledger,
        crm,
      }),
    });
    await submit();
    const report = await governance.erase(ines);
    expect(report.destinations).toMatchObject([
      { id: "broken", status: "failed", code: "unexpectedError" },
      { id: "ledger", status: "notAttempted" },
      { id: "crm", status: "erased" },
    ]);
    expect(crm.records.people.size).toBe(0);
    expect(JSON.stringify(report)).not.toContain("ines@");
  });

  it("says where erasing is not supported, and does not keep the ledger for it", async () => {
    const { governance, submit, ledger } = openShop({ change: ({ ledger, crm }) => ({ ledger, crm: { ...crm, erasure: undefined } }) });
    await submit();
    const report = await governance.erase(ines);
    expect(report).toMatchObject({ outcome: "incomplete", destinations: [{ status: "erased" }, { id: "crm", status: "unsupported", records: [] }] });
    expect(ledger.records.people.size).toBe(0);
  });

  it("erases the copies also where the ledger cannot be reached", async () => {
    const { governance, submit, ledger, crm } = openShop();
    await submit();
    ledger.fail({ kind: "unavailable" });
    expect(await governance.erase(ines)).toMatchObject({ outcome: "incomplete", destinations: [{ status: "failed", code: "unavailable" }, { status: "erased" }] });
    expect(crm.records.people.size).toBe(0);
  });

  it("erases none of several people who match", async () => {
    const { governance, submit, crm } = openShop();
    await submit();
    const [person] = crm.records.people.values();
    if (person === undefined) expect.fail("the CRM holds nobody");
    crm.records.people.set("another", { ...person, ref: "another" });
    expect((await governance.erase(ines)).destinations).toMatchObject([{ status: "notAttempted" }, { id: "crm", status: "conflict" }]);
    expect(crm.records.people.size).toBe(2);
  });
});

describe("eraseTest", () => {
  it("removes the test people everywhere, and nobody else", async () => {
    const { governance, submit, ledger, crm } = openShop();
    await submit();
    await submit({ email: "test@example.com", test: true });
    const report = await governance.eraseTest();
    expect(report.outcome).toBe("complete");
    expect([ledger.records.people.size, crm.records.people.size]).toEqual([1, 1]);
    expect((await governance.show(ines)).found).toBe(true);
  });

  it("goes on where a destination fails or cannot", async () => {
    const { governance, submit, ledger } = openShop({ change: ({ ledger, crm }) => ({ crm, other: { ...crm, attach: () => {}, erasure: undefined }, ledger }) });
    await submit({ test: true });
    ledger.fail({ kind: "unavailable" });
    expect((await governance.eraseTest()).destinations).toMatchObject([
      { id: "crm", status: "erased" },
      { id: "other", status: "unsupported" },
      { id: "ledger", status: "failed", code: "unavailable" },
    ]);
  });
});
