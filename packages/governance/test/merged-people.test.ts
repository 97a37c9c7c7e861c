import { ConnectorError, type VolentiConfiguration } from "@volenti/core";
import type { ConnectorV1 } from "@volenti/core/adapter";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide, NOW, openShop, type Shop } from "./support/open-shop.ts";

const ines = { kind: "email", value: "ines@example.com" } as const;
const other = { kind: "email", value: "i.moreau@example.org" } as const;
const FOUR_YEARS_AGO = "2022-06-01T10:00:00.000Z";
const LAST_YEAR = "2025-06-01T10:00:00.000Z";

const loyalty = { key: "loyalty", version: "1", basis: "contract", mechanism: "noticeOnly", attributes: ["givenName", "email"], label: { en: "L" }, retention: "P3Y" } as const;
const news = { key: "marketing.email", version: "1", basis: "consent", mechanism: "optIn", channels: ["email"], attributes: ["email"], label: { en: "N" }, retention: "P3Y" } as const;

type Change = NonNullable<NonNullable<Parameters<typeof openShop>[0]>["change"]>;

/** Inès as two people of a ledger and a CRM, who were merged; what the second gave is older or younger. */
async function openMerged(options: { first?: string; second?: string; change?: Change; configuration?: Partial<VolentiConfiguration> } = {}): Promise<Shop> {
  const { first = LAST_YEAR, second = LAST_YEAR, ...others } = options;
  const shop = openShop({ purposes: [loyalty, news], ...others });
  await shop.submit({ occurredAt: first });
  await shop.submit({ email: other.value, occurredAt: second, decisions: [] });
  expect(await shop.governance.merge({ into: ines, from: other })).toMatchObject({ outcome: "merged" });
  return shop;
}

function valuesIn({ ledger, crm }: Shop): string[][] {
  return [ledger, crm].map(({ records }) =>
    [...records.people.values()].flatMap(({ attributes }) => [...attributes].flatMap(([name, { value }]) => (value === null ? [] : [name]))).toSorted(),
  );
}

const WITHOUT_POPULATION: Change = ({ ledger, crm }) => ({ ledger, crm: { ...crm, population: undefined } });

describe("two people who became one", () => {
  it.each(["ledger", "crm"])("count once in statistics of the %s", async (destinationId) => {
    const { governance, submit } = openShop();
    for (const email of [ines.value, other.value, "noor@example.com"]) await submit({ email });
    await governance.merge({ into: ines, from: other });
    const { tables } = await governance.statistics({ destinationId, minimum: 2 });
    expect(tables).toMatchObject([{ purpose: "marketing.email", people: 2 }]);
  });

  it("count once in a breach pack, with what was held under either ref", async () => {
    const { governance } = await openMerged();
    for (const destinationId of ["ledger", "crm"]) {
      expect(await governance.breach({ destinationId, since: NOW - 1 })).toMatchObject({ people: 1, attributes: [{ people: 1 }, { people: 1 }] });
    }
  });

  it("are asked again once, and are judged by what either said last", async () => {
    const shop = await openMerged({ configuration: {} });
    const entries: unknown[] = [];
    const report = await shop.governance.reconsent({ notice: { id: "signup", version: "3" }, onEntry: ({ purpose, answer, reason }) => void entries.push([purpose, answer, reason]) });
    expect(report).toMatchObject({ outcome: "complete", people: 1 });
    expect(entries).toEqual([["loyalty", "inform", null], ["marketing.email", "covered", "thisNotice"]]);
  });

  it("are told of under the notice that the merged one answered", async () => {
    const shop = openShop({ purposes: [loyalty, news] });
    await shop.submit({ decisions: [] });
    await shop.submit({ email: other.value });
    await shop.governance.merge({ into: ines, from: other });
    const entries: unknown[] = [];
    await shop.governance.reconsent({ notice: { id: "signup", version: "3" }, onEntry: ({ purpose, answer, reason }) => void entries.push([purpose, answer, reason]) });
    expect(entries).toContainEqual(["marketing.email", "covered", "thisNotice"]);
  });

  it("answered last under the notice of whichever of them answered last", async () => {
    const notice = { id: "signup", locale: "fr-FR", purposes: ["loyalty", "marketing.email"], standalone: true, firstLayer: "F", policyUrl: "https://example.com/fr/privacy" };
    const notices = [{ ...notice, version: "3", text: "T" }, { ...notice, version: "4", text: "U" }];
    const shop = openShop({ purposes: [loyalty, news], configuration: { notices } });
    await shop.submit({ occurredAt: LAST_YEAR, decisions: [decide("given", { noticeVersion: "4" })] });
    await shop.submit({ email: other.value, occurredAt: FOUR_YEARS_AGO, decisions: [decide("given")] });
    await shop.governance.merge({ into: ines, from: other });
    const told: unknown[] = [];
    await shop.governance.reconsent({ notice: { id: "signup", version: "4" }, onEntry: ({ purpose, lastNotice }) => void told.push([purpose, lastNotice?.version]) });
    expect(told).toEqual([["loyalty", undefined], ["marketing.email", "4"]]);
  });

  it.each<[string, Change | undefined]>([["lists its people", undefined], ["lists nobody", WITHOUT_POPULATION]])(
    "are kept while either needs to be, and end together everywhere, where the CRM %s",
    async (_name, change) => {
      const needed = await openMerged({ first: FOUR_YEARS_AGO, second: LAST_YEAR, ...(change === undefined ? {} : { change }) });
      const kept = await needed.governance.retention({ apply: true });
      expect(kept).toMatchObject({ outcome: "complete", counts: [] });
      expect(valuesIn(needed)).toEqual([["email", "email", "givenName", "givenName"], ["email", "email", "givenName", "givenName"]]);
      const over = await openMerged({ first: FOUR_YEARS_AGO, second: FOUR_YEARS_AGO, ...(change === undefined ? {} : { change }) });
      const ended = await over.governance.retention({ apply: true });
      expect(ended.outcome).toBe("complete");
      expect(ended.counts.map(({ destinationId, action, outcome, people }) => [destinationId, action, outcome, people])).toEqual([
        ["crm", "erase", "done", 1],
        ["crm", "erase", "done", 1],
        ["ledger", "erase", "done", 1],
        ["ledger", "erase", "done", 1],
      ]);
      expect([over.ledger.records.people.size, over.crm.records.people.size, over.ledger.records.links.size]).toEqual([0, 0, 0]);
    },
  );

  it("lose under both refs what no purpose needs any more, and nobody is made anew by it", async () => {
    const shop = openShop({ purposes: [loyalty, { ...news, attributes: ["email", "birthdate"] }], change: WITHOUT_POPULATION });
    const profile = { givenName: "Inès", birthdate: "1990-02-03" };
    await shop.submit({ profile, occurredAt: FOUR_YEARS_AGO });
    await shop.submit({ email: other.value, profile, occurredAt: FOUR_YEARS_AGO });
    await shop.submit({ profile: { givenName: "Inès-Marie" }, decisions: [] });
    await shop.governance.merge({ into: ines, from: other });
    const people = shop.crm.records.people.size;
    expect(await shop.governance.retention({ apply: true })).toMatchObject({ outcome: "complete" });
    expect(valuesIn(shop)).toEqual([["givenName", "givenName"], ["givenName", "givenName"]]);
    expect(shop.crm.records.people.size).toBe(people);
    expect((await shop.governance.retention({ apply: true })).counts).toEqual([]);
  });

  it("are masked around a hold under both refs", async () => {
    const shop = await openMerged();
    const subjectRef = (await shop.volenti.findSubject({ destinationId: "ledger", identifier: ines })) ?? "";
    const hold = { holdId: "0b0e8b1a-3f5d-4e57-9a51-000000000001", scope: ["givenName"], law: "CGI art. 102 B", reason: "invoices", until: NOW + 1000, setAt: NOW - 1000 };
    await shop.volenti.destinations.get("ledger")?.custody?.setHold({ subjectRef, hold });
    expect(await shop.governance.erase({ identifier: ines, requestedAt: NOW })).toMatchObject({ outcome: "held" });
    expect(valuesIn(shop)).toEqual([["givenName", "givenName"], ["givenName", "givenName"]]);
  });

  it("are erased by whoever goes on, wherever the erasure broke off", async () => {
    for (let failAt = 1; failAt < 60; failAt += 1) {
      let left = failAt;
      const shop = await openMerged({ change: (connectors) => breakAt({ connectors, isBroken: () => (left -= 1) === 0 }) });
      const first = await shop.governance.erase({ identifier: ines, requestedAt: NOW });
      if (first.outcome === "complete") return expect(failAt).toBeGreaterThan(4);
      expect((await shop.governance.erase({ identifier: ines, requestedAt: NOW })).outcome, `call ${failAt}`).toBe("complete");
      expect([shop.ledger.records.people.size, shop.crm.records.people.size, shop.ledger.records.links.size], `call ${failAt}`).toEqual([0, 0, 0]);
    }
    expect.fail("the erasure makes more calls than this test breaks");
  });
});

/** Connectors of which one erasure, the one that is asked for, does not answer. */
function breakAt(request: { connectors: { ledger: ConnectorV1; crm: ConnectorV1 }; isBroken: () => boolean }): Record<string, ConnectorV1> {
  return Object.fromEntries(
    Object.entries(request.connectors).map(([id, connector]) => {
      const { erasure } = connector;
      if (erasure === undefined) throw new Error("nothing erases");
      const erase: typeof erasure.erase = (erased) =>
        request.isBroken() ? Promise.reject(new ConnectorError({ code: "unavailable", connectorId: id, operation: "erase" })) : erasure.erase(erased);
      return [id, { ...connector, erasure: { ...erasure, erase } }];
    }),
  );
}

describe("a correction after a merge", () => {
  const name = fc.constantFrom("Inès", "Ines", "Agnès", "Marie");

  it("leaves no value in any system but the right one, whatever either held", async () => {
    await fc.assert(
      fc.asyncProperty(fc.record({ first: name, second: name, corrected: name, by: fc.constantFrom(ines, other), later: fc.boolean() }), async ({ first, second, corrected, by, later }) => {
        const shop = openShop();
        await shop.submit({ profile: { givenName: first, email: ines.value }, occurredAt: later ? LAST_YEAR : FOUR_YEARS_AGO });
        await shop.submit({ email: other.value, profile: { givenName: second, email: other.value }, occurredAt: later ? FOUR_YEARS_AGO : LAST_YEAR });
        await shop.governance.merge({ into: ines, from: other });
        const answer = await shop.governance.rights.ask({ identifier: by, kind: "rectify", actor: "officer", profile: { givenName: corrected } });
        expect(answer.request).toMatchObject({ state: "fulfilled" });
        const held = [shop.ledger, shop.crm].flatMap(({ records }) => [...records.people.values()].flatMap(({ attributes }) => attributes.get("givenName")?.value ?? []));
        expect(new Set(held)).toEqual(new Set([corrected]));
      }),
      { numRuns: 40 },
    );
  });
});
