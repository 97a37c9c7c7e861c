import { describe, expect, it } from "vitest";
import type { CustodyFacetV1 } from "@volenti/core/adapter";
import { createMemoryErasureLog } from "./support/memory-erasure-log.ts";
import { decide, NOW, openShop, type Shop } from "./support/open-shop.ts";

const ines = { identifier: { kind: "email", value: "ines@example.com" }, requestedAt: NOW } as const;
const TAX = { holdId: "0b0e8b1a-3f5d-4e57-9a51-000000000001", law: "CGI art. 102 B", reason: "invoices", until: NOW + 1000, setAt: NOW - 1000 };
const PROFILE = { givenName: "Inès", familyName: "Moreau", email: "ines@example.com" };

function custodyOf({ volenti }: Shop): CustodyFacetV1 {
  const custody = volenti.destinations.get("ledger")?.custody;
  if (custody === undefined) throw new Error("the ledger keeps nothing");
  return custody;
}

async function refOf({ volenti }: Shop): Promise<string> {
  const ref = await volenti.findSubject({ destinationId: "ledger", identifier: ines.identifier });
  if (ref === null) throw new Error("nobody is there");
  return ref;
}

async function openHeld(scope: readonly string[]): Promise<Shop & { log: ReturnType<typeof createMemoryErasureLog> }> {
  const shop = openShop();
  await shop.submit({ profile: PROFILE });
  await custodyOf(shop).setHold({ subjectRef: await refOf(shop), hold: { ...TAX, scope } });
  return { ...shop, log: createMemoryErasureLog() };
}

function valuesIn(shop: Shop): string[] {
  const people = [shop.ledger, shop.crm].flatMap(({ records }) => [...records.people.values()]);
  return people.flatMap(({ attributes }) => [...attributes].flatMap(([name, { value }]) => (value === null ? [] : [name]))).toSorted();
}

describe("a hold of everything", () => {
  it("keeps the person everywhere, with reason and end, and nothing is written down", async () => {
    const shop = await openHeld(["*"]);
    const until = new Date(TAX.until).toISOString();
    const records = [{ kind: "person", outcome: "kept", count: 1, reason: "invoices", law: "CGI art. 102 B", until }];
    expect(await shop.governance.erase({ ...ines, log: shop.log })).toMatchObject({
      outcome: "held",
      destinations: [{ id: "ledger", status: "kept", records }, { id: "crm", status: "kept", records }],
    });
    expect(shop.log.entries).toEqual([]);
    expect(valuesIn(shop)).toEqual(["email", "email", "familyName", "familyName", "givenName", "givenName"]);
  });

  it("that was lifted keeps nobody", async () => {
    const shop = await openHeld(["*"]);
    await custodyOf(shop).liftHold({ subjectRef: await refOf(shop), holdId: TAX.holdId, liftedAt: NOW });
    expect((await shop.governance.erase(ines)).outcome).toBe("complete");
    expect(valuesIn(shop)).toEqual([]);
  });

  it("keeps nobody from the instant on that it is for", async () => {
    const shop = openShop();
    await shop.submit();
    await custodyOf(shop).setHold({ subjectRef: await refOf(shop), hold: { ...TAX, scope: ["*"], until: NOW } });
    expect((await shop.governance.erase(ines)).outcome).toBe("complete");
  });
});

describe("a hold of some attributes", () => {
  it("is not told as done by a system that does not say what became of the others", async () => {
    const shop = openShop({
      change: ({ ledger, crm }) => ({
        ledger,
        crm: {
          ...crm,
          intake: { write: async (batch) => (batch.items.every(({ states }) => states.length === 0) ? batch.items.map(({ writeId }) => ({ writeId, status: "written", decisions: [] })) : crm.intake.write(batch)) },
        },
      }),
    });
    await shop.submit({ profile: PROFILE });
    await custodyOf(shop).setHold({ subjectRef: await refOf(shop), hold: { ...TAX, scope: ["familyName"] } });
    const { outcome, destinations } = await shop.governance.erase(ines);
    expect(outcome).toBe("incomplete");
    expect(destinations.find(({ id }) => id === "crm")).toMatchObject({ status: "failed", code: "rejectedByProvider" });
  });

  it("keeps those, clears all others everywhere, and ends what was consented to", async () => {
    const shop = await openHeld(["familyName"]);
    const report = await shop.governance.erase({ ...ines, log: shop.log });
    expect(report).toMatchObject({ outcome: "held", withdrawal: { outcome: "delivered", purposes: ["marketing.email"] } });
    for (const { status, records } of report.destinations) {
      expect(status).toBe("masked");
      expect(records).toContainEqual({ kind: "profile", outcome: "masked", count: 2 });
      expect(records).toContainEqual(expect.objectContaining({ kind: "profile", outcome: "kept", attributes: ["familyName"], reason: "invoices" }));
    }
    expect(valuesIn(shop)).toEqual(["familyName", "familyName"]);
    expect((await shop.governance.show(ines)).consents).toContainEqual(expect.objectContaining({ channel: "email", answer: "refused" }));
    expect(shop.log.entries).toMatchObject([{ kind: "erasure", kept: ["familyName"] }, { kind: "done", outcome: "held" }]);
  });

  it("ends it under the notice of the person's country", async () => {
    const notice = { id: "signup", version: "3", purposes: ["loyalty", "marketing.email"], standalone: true, firstLayer: "F", text: "T", policyUrl: "https://example.com/privacy" };
    const shop = openShop({ configuration: { notices: [{ ...notice, locale: "fr-FR" }, { ...notice, locale: "ru-RU" }] } });
    await shop.submit({ profile: PROFILE });
    await custodyOf(shop).setHold({ subjectRef: await refOf(shop), hold: { ...TAX, scope: ["familyName"] } });
    await shop.governance.erase(ines);
    const consent = (await shop.governance.show(ines)).consents.find(({ channel }) => channel === "email");
    expect(consent?.decision).toMatchObject({ status: "withdrawn", notice: { id: "signup", version: "3", locale: "fr-FR" } });
  });

  it("turns away what was given before, and withdraws nothing twice", async () => {
    const shop = await openHeld(["familyName"]);
    await shop.governance.erase(ines);
    expect((await shop.submit({ occurredAt: "2026-11-20T10:00:00.000Z", decisions: [decide("given")] })).problems).toMatchObject([{ code: "suppressed" }]);
    expect(await shop.governance.erase(ines)).toMatchObject({ outcome: "held", withdrawal: { outcome: "delivered", purposes: [] } });
    expect(shop.ledger.records.decisionsById.size).toBe(2);
  });

  it("ends, and the next run erases what it kept", async () => {
    const shop = await openHeld(["familyName"]);
    await shop.governance.erase(ines);
    await custodyOf(shop).liftHold({ subjectRef: await refOf(shop), holdId: TAX.holdId, liftedAt: NOW });
    expect((await shop.governance.erase(ines)).outcome).toBe("complete");
    expect([valuesIn(shop), shop.ledger.records.links.size]).toEqual([[], 0]);
    expect(await shop.governance.verify({ destinationId: "ledger" })).toMatchObject({ valid: true, counts: { decisions: 2 } });
  });
});

describe("a person whom others were merged into", () => {
  it("is erased by every ref, also in a system that knows only the other one", async () => {
    const shop = openShop();
    await shop.submit({ email: "ines@example.com" });
    await shop.submit({ email: "i.moreau@example.com" });
    const into = await refOf(shop);
    const from = [...shop.ledger.records.people.keys()].find((ref) => ref !== into) ?? "";
    await custodyOf(shop).mergeSubjects({ from, into, mergedAt: NOW });
    expect((await shop.governance.erase(ines)).outcome).toBe("complete");
    expect([shop.ledger.records.people.size, shop.crm.records.people.size, shop.ledger.records.links.size]).toEqual([0, 0, 0]);
  });
});

describe("a ledger that cannot say whether a hold stands", () => {
  it("keeps everything from being erased until it can", async () => {
    const shop = openShop();
    await shop.submit();
    shop.ledger.fail({ kind: "unavailable" });
    expect(await shop.governance.erase(ines)).toMatchObject({
      outcome: "incomplete",
      destinations: [{ id: "ledger", status: "failed", code: "unavailable" }, { id: "crm", status: "notAttempted", code: "holdsUnknown" }],
    });
    expect(shop.crm.records.people.size).toBe(1);
    shop.ledger.fail(null);
    expect((await shop.governance.erase(ines)).outcome).toBe("complete");
  });
});

describe("eraseRefs", () => {
  it("erases by ref under the same holds", async () => {
    const shop = await openHeld(["*"]);
    const subjectRefs = [await refOf(shop)];
    const request = { places: [{ destinationId: "crm", subjectRefs }], reason: "retentionEnded", requestedAt: NOW } as const;
    expect(await shop.governance.eraseRefs(request)).toMatchObject({ outcome: "held", destinations: [{ id: "crm", status: "kept" }] });
    await custodyOf(shop).liftHold({ subjectRef: subjectRefs[0] ?? "", holdId: TAX.holdId, liftedAt: NOW });
    expect(await shop.governance.eraseRefs(request)).toMatchObject({ outcome: "complete", destinations: [{ id: "crm", status: "erased" }] });
    expect([shop.crm.records.people.size, shop.ledger.records.people.size]).toEqual([0, 1]);
  });
});

describe("a replay of the erasure log", () => {
  it("erases again whom a restored backup brought back, and whom it does not know yet", async () => {
    const shop = openShop();
    const log = createMemoryErasureLog();
    await shop.submit({ profile: PROFILE });
    const backup = [shop.ledger, shop.crm].map(({ records }) => structuredClone(records));
    await shop.submit({ email: "ines@example.com", phone: "+33199000001" });
    await shop.submit({ email: "noor@example.com" });
    await shop.governance.erase({ ...ines, log });
    await shop.governance.erase({ identifier: { kind: "email", value: "noor@example.com" }, requestedAt: NOW, log });
    for (const [index, system] of [shop.ledger, shop.crm].entries()) Object.assign(system.records, backup[index]);
    expect((await shop.governance.show(ines)).found).toBe(true);

    const answers = await Array.fromAsync(shop.governance.replayErasures({ log }));
    expect(answers).toMatchObject([
      { position: 1, outcome: "complete", destinations: [{ id: "crm", status: "erased" }, { id: "ledger", status: "erased" }] },
      { position: 2, outcome: "complete", destinations: [{ id: "crm", status: "notFound" }, { id: "ledger", status: "notFound" }] },
    ]);
    expect((await shop.governance.show(ines)).found).toBe(false);
    for (const person of [{ email: "ines@example.com" }, { email: "zoe@example.com", phone: "+33199000001" }, { email: "noor@example.com" }]) {
      expect((await shop.submit({ ...person, occurredAt: "2026-11-21T09:00:00.000Z" })).problems).toMatchObject([{ code: "suppressed" }]);
    }
    const again = await Array.fromAsync(shop.governance.replayErasures({ log }));
    expect(again.flatMap(({ destinations }) => destinations.map(({ status }) => status))).toEqual(Array(4).fill("notFound"));
  });

  it("is not finished where a hold of the restored backup keeps somebody", async () => {
    const shop = await openHeld(["*"]);
    const backup = [shop.ledger, shop.crm].map(({ records }) => structuredClone(records));
    await custodyOf(shop).liftHold({ subjectRef: await refOf(shop), holdId: TAX.holdId, liftedAt: NOW });
    await shop.governance.erase({ ...ines, log: shop.log });
    for (const [index, system] of [shop.ledger, shop.crm].entries()) Object.assign(system.records, backup[index]);
    expect(await Array.fromAsync(shop.governance.replayErasures({ log: shop.log }))).toMatchObject([
      { outcome: "incomplete", destinations: [{ id: "crm", status: "erased" }, { id: "ledger", status: "kept" }] },
    ]);
  });

  it("is not finished while a destination cannot be reached, and goes on with the others", async () => {
    const shop = openShop();
    const log = createMemoryErasureLog();
    await shop.submit();
    await shop.governance.erase({ ...ines, log });
    shop.crm.fail({ kind: "unavailable" });
    expect(await Array.fromAsync(shop.governance.replayErasures({ log }))).toMatchObject([
      { outcome: "incomplete", destinations: [{ id: "crm", status: "failed", code: "unavailable" }, { id: "ledger", status: "notFound" }] },
    ]);
  });

  it("spares whoever signed up again under the same derived ref, and clears what is older", async () => {
    const shop = openShop({ routes: [{ to: ["crm"] }] });
    const log = createMemoryErasureLog();
    const before = NOW - 7_200_000;
    await shop.submit({ profile: PROFILE, occurredAt: "2026-11-21T09:00:00.000Z" });
    const backup = structuredClone(shop.crm.records);
    await shop.governance.erase({ ...ines, requestedAt: before, log });
    log.entries.splice(0, Infinity, ...log.entries.map((entry) => (entry.kind === "erasure" ? { ...entry, loggedAt: new Date(before).toISOString() } : entry)));
    Object.assign(shop.crm.records, backup);
    await shop.submit({ profile: { givenName: "Inès" }, occurredAt: "2026-11-21T11:00:00.000Z" });
    const [answer] = await Array.fromAsync(shop.governance.replayErasures({ log }));
    expect(answer).toMatchObject({ outcome: "complete", destinations: [{ id: "crm", status: "newerStands" }] });
    expect(valuesIn(shop)).toEqual(["givenName"]);
  });
});
