import { ConnectorError } from "@volenti/core";
import type { ConnectorV1 } from "@volenti/core/adapter";
import { describe, expect, it } from "vitest";
import { decide, NOW, openShop, toSubmission } from "./support/open-shop.ts";

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
    expect(inLedger?.records).toContainEqual({ kind: "decisions", outcome: "kept", count: 1, reason: "proofWithoutIdentity" });
    expect([ledger.records.people.size, crm.records.people.size, ledger.records.links.size]).toEqual([0, 0, 0]);
    expect((await governance.show(ines)).found).toBe(false);
  });

  it("takes along what the ledger keeps of the person to be done later, and so does the removal of tests", async () => {
    const { governance, volenti, submit } = openShop();
    await submit();
    await submit({ email: "test@example.com", test: true });
    const refs = await Promise.all(["ines@example.com", "test@example.com"].map((value) => volenti.findSubject({ destinationId: "ledger", identifier: { kind: "email", value } })));
    const followUps = refs.map((ref, index) => ({ followUpId: `V${index}`, subjectRef: ref ?? "", document: null }));
    const other = { followUpId: "V2", subjectRef: "abcdefghijklmnopqrstuvwxyz", document: null };
    const ledger = volenti.destinations.get("ledger");
    await ledger?.followUps?.plan({ destinationId: "crm", delayInMs: 0, followUps: [...followUps, other] });
    await governance.erase(ines);
    await governance.eraseTest();
    expect(await ledger?.followUps?.claim({ destinationId: "crm", holder: "a", durationInMs: 1, limit: 5 })).toEqual([other]);
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

  it("of somebody whom a system that cannot tell refs says it does not hold is complete", async () => {
    const { governance } = openShop({
      change: ({ ledger, crm }) => ({
        ledger,
        crm: {
          ...crm,
          profiles: { ...crm.profiles, find: () => Promise.reject(new ConnectorError({ code: "unsupported", connectorId: "crm", operation: "profiles.find" })) },
        },
      }),
    });
    const report = await governance.erase(ines);
    expect([report.outcome, ...report.destinations.map(({ status }) => status)]).toEqual(["complete", "notFound", "notFound"]);
  });

  it("erases none of several people who match", async () => {
    const { governance, submit, crm } = openShop();
    await submit();
    const [person] = crm.records.people.values();
    if (person === undefined) expect.fail("the CRM holds nobody");
    crm.records.people.set("another", { ...person, ref: "another" });
    expect((await governance.erase(ines)).destinations).toMatchObject([{ status: "notAttempted", code: "copiesRemain" }, { id: "crm", status: "conflict" }]);
    expect(crm.records.people.size).toBe(2);
  });
});

describe("a submission that comes late", () => {
  it("leaves no link behind of somebody who was erased since it was given", async () => {
    const { governance, submit, ledger } = openShop();
    await submit();
    await governance.erase(ines);
    expect((await submit({ occurredAt: "2026-11-20T10:00:00.000Z" })).problems).toMatchObject([{ code: "suppressed" }]);
    expect(ledger.records.links.size).toBe(0);
    expect((await submit({ occurredAt: "2026-11-20T10:00:00.000Z", profile: {}, decisions: [decide("withdrawn")] })).outcome).toBe("delivered");
  });
});

describe("a person whom a ledger only reserved", () => {
  it("is found and erased: the links go, the erasure is remembered, and a second one finds nobody", async () => {
    const { governance, submit, ledger, crm } = openShop();
    await submit();
    // What a run that was killed between its look-up and its write leaves behind.
    for (const { records } of [ledger, crm]) {
      records.people.clear();
      records.decisions.clear();
    }
    expect(ledger.records.links.size).toBe(1);
    const report = await governance.erase(ines);
    expect(report).toMatchObject({ outcome: "complete", destinations: [{ id: "ledger", status: "erased" }, { id: "crm", status: "notFound" }] });
    expect(report.destinations[0]?.records).toContainEqual({ kind: "identifiers", outcome: "erased", count: 1 });
    expect(ledger.records.links.size).toBe(0);
    expect((await governance.erase(ines)).destinations.map(({ status }) => status)).toEqual(["notFound", "notFound"]);
  });
});

describe("eraseTest", () => {
  const test = { test: true, decisions: [decide("given")] } as const;
  const [early, late] = [{ occurredAt: "2026-11-21T09:00:00.000Z" }, { occurredAt: "2026-11-21T11:00:00.000Z" }];
  const refusal = { decisions: [decide("withdrawn")] };

  it.each([
    ["before", [{ ...test, ...early }, refusal]],
    ["after", [refusal, { ...test, ...late }]],
  ])("leaves a real person of whom a test was written %s, and lets their refusal stand again", async (_when, submissions) => {
    const { governance, submit, ledger, crm } = openShop();
    for (const changes of submissions) expect((await submit(changes)).outcome).toBe("delivered");
    const report = await governance.eraseTest();
    expect(report.destinations[0]?.records).toContainEqual({ kind: "decisions", outcome: "erased", count: 1 });
    const view = await governance.show(ines);
    expect(view.found).toBe(true);
    expect(view.consents).toContainEqual(expect.objectContaining({ channel: "email", answer: "refused", disagreement: false }));
    for (const { records } of [ledger, crm]) expect([...records.decisions.values()].flat()).toHaveLength(1);
    expect(await governance.verify({ destinationId: "ledger" })).toMatchObject({ valid: true, counts: { decisions: 1 } });
    expect((await governance.eraseTest()).destinations[0]?.records.map(({ outcome }) => outcome)).not.toContain("erased");
  });

  it("lets the refusal stand that came together with a later yes of a test", async () => {
    const { governance, volenti } = openShop();
    const together = [toSubmission(refusal), toSubmission({ ...test, ...late })];
    for await (const { outcome } of volenti.collectMany(together, { batchSize: 2 })) expect(outcome).toBe("delivered");
    expect((await governance.show(ines)).consents).toContainEqual(expect.objectContaining({ channel: "email", answer: "granted" }));
    await governance.eraseTest();
    expect((await governance.show(ines)).consents).toContainEqual(expect.objectContaining({ channel: "email", answer: "refused" }));
  });

  it("leaves nothing standing where only a test decided", async () => {
    const { governance, submit, ledger } = openShop();
    await submit({ decisions: [] });
    await submit(test);
    await governance.eraseTest();
    expect((await governance.show(ines)).consents.map(({ answer }) => answer)).toEqual(["unknown", "unknown"]);
    expect([ledger.records.people.size, ledger.records.links.size, ledger.records.decisions.size]).toEqual([1, 1, 0]);
  });

  it("removes the test people everywhere, and nobody else", async () => {
    const { governance, submit, ledger, crm } = openShop();
    await submit();
    await submit({ email: "test@example.com", test: true });
    const report = await governance.eraseTest();
    expect(report.outcome).toBe("complete");
    expect([ledger.records.people.size, crm.records.people.size]).toEqual([1, 1]);
    expect((await governance.show(ines)).found).toBe(true);
  });

  it("asks the copies before the ledger, whatever their order in the configuration", async () => {
    const order: string[] = [];
    const noting = (name: string, connector: ConnectorV1): ConnectorV1 => ({
      ...connector,
      erasure: {
        erase: () => Promise.resolve([]),
        eraseTest: async () => {
          order.push(name);
          return [];
        },
      },
    });
    await openShop({ change: ({ ledger, crm }) => ({ ledger: noting("ledger", ledger), crm: noting("crm", crm) }) }).governance.eraseTest();
    expect(order).toEqual(["crm", "ledger"]);
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
