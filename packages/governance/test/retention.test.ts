import { describe, expect, it } from "vitest";
import type { VolentiConfiguration } from "@volenti/core";
import type { RetentionEntry, RetentionReport } from "@volenti/governance";
import { createCustomerSystem } from "./support/customer-system.ts";
import { decide, openShop, type Shop, type SubmissionChanges } from "./support/open-shop.ts";

type Purposes = VolentiConfiguration["purposes"];

const loyalty = { key: "loyalty", version: "1", basis: "contract", mechanism: "noticeOnly", attributes: ["givenName", "email"], label: { en: "L" }, retention: "P3Y" } as const;
const news = { key: "marketing.email", version: "1", basis: "consent", mechanism: "optIn", channels: ["email"], attributes: ["email"], label: { en: "N" }, retention: "P3Y" } as const;
const profiling = { key: "profiling", version: "1", basis: "consent", mechanism: "optIn", attributes: ["birthdate"], label: { en: "P" } } as const;

/** The clock of the shop stands at 21 November 2026. */
const FOUR_YEARS_AGO = "2022-06-01T10:00:00.000Z";
const LAST_YEAR = "2025-06-01T10:00:00.000Z";

const HOLD = { holdId: "0f0d8b0e-3a52-4c8e-9d59-6d7d6f8a3c11", scope: ["*"], law: "CGI art. 102 B", reason: "invoice", until: Date.UTC(2030, 0, 1), setAt: 1 };

/** The ledger lists whom it holds, the CRM does not. */
function openAgeingShop(options: { purposes?: Purposes } = {}): Shop {
  const { purposes = [loyalty, news] } = options;
  return openShop({ purposes, change: ({ ledger, crm }) => ({ ledger, crm: { ...crm, population: undefined } }) });
}

interface Obstacle {
  readonly holds?: readonly (typeof HOLD)[];
  readonly isRestricted?: boolean;
}

/** A shop with somebody who gave everything four years ago, and whom something keeps. */
async function openObstructedShop({ holds = [], isRestricted = false }: Obstacle): Promise<Shop> {
  const shop = openAgeingShop();
  await shop.submit({ occurredAt: FOUR_YEARS_AGO });
  const custody = shop.volenti.destinations.get("ledger")?.custody;
  const [subjectRef = ""] = [...shop.ledger.records.people.keys()];
  for (const hold of holds) await custody?.setHold({ subjectRef, hold });
  if (isRestricted) await custody?.setRestriction({ subjectRef, restriction: { since: 1, reason: "disputed" } });
  return shop;
}

async function look(request: { shop: Shop; apply?: boolean }): Promise<{ report: RetentionReport; entries: RetentionEntry[] }> {
  const entries: RetentionEntry[] = [];
  const report = await request.shop.governance.retention({ apply: request.apply ?? false, onEntry: (entry) => void entries.push(entry) });
  return { report, entries };
}

function decideProfiling(status: string): Record<string, unknown> {
  const { channel: _, ...decision } = decide(status, { purpose: "profiling" });
  return decision;
}

async function answersOf(request: { purposes: Purposes; submissions: readonly SubmissionChanges[] }): Promise<string[]> {
  const shop = openAgeingShop({ purposes: request.purposes });
  for (const submission of request.submissions) await shop.submit(submission);
  const { entries } = await look({ shop });
  return entries.filter(({ destinationId }) => destinationId === "ledger").map(({ action, purposes, attributes }) => `${action} ${purposes.join("+")}: ${attributes.join(" ")}`);
}

describe("what has outlived its purpose", () => {
  it.each<[string, Purposes, SubmissionChanges[], string[]]>([
    ["is nobody whose latest relation is younger than every retention", [loyalty, news], [{ occurredAt: LAST_YEAR }], []],
    ["is whoever gave everything longer ago than it may be kept", [loyalty, news], [{ occurredAt: FOUR_YEARS_AGO }], ["erase loyalty+marketing.email: email givenName"]],
    ["is no attribute that one purpose still needs", [loyalty, news], [{ occurredAt: FOUR_YEARS_AGO }, { occurredAt: LAST_YEAR, profile: { givenName: "Inès" }, decisions: [] }], []],
    ["is an attribute whose only purpose has ended", [loyalty, profiling], [{ occurredAt: LAST_YEAR, profile: { givenName: "Inès", birthdate: "1990-02-03" }, decisions: [decideProfiling("given")] }, { occurredAt: LAST_YEAR, profile: { givenName: "Inès" }, decisions: [decideProfiling("withdrawn")] }], ["mask profiling: birthdate"]],
    ["is none whose purpose stands and has no retention", [profiling], [{ occurredAt: FOUR_YEARS_AGO, profile: { birthdate: "1990-02-03" }, decisions: [decideProfiling("given")] }], []],
    ["counts a renewal", [news], [{ occurredAt: FOUR_YEARS_AGO }, { occurredAt: LAST_YEAR, profile: {}, decisions: [decide("renewed")] }], []],
    ["keeps what a refusal ended for as long as the purpose says, from the refusal", [news], [{ occurredAt: FOUR_YEARS_AGO }, { occurredAt: LAST_YEAR, profile: {}, decisions: [decide("withdrawn")] }], []],
    ["is what a consent has expired for, where nothing says to keep it longer", [{ ...news, retention: undefined, validity: "P2Y" }], [{ occurredAt: FOUR_YEARS_AGO }], ["erase marketing.email: "]],
    ["follows the country's own period", [{ ...loyalty, retentionIn: { FR: "P6M" } }], [{ occurredAt: LAST_YEAR, decisions: [] }], ["erase loyalty: email givenName"]],
    ["follows the period of the European Economic Area", [{ ...loyalty, retentionIn: { EU: "P6M" } }], [{ occurredAt: LAST_YEAR, decisions: [] }], ["erase loyalty: email givenName"]],
    ["lets a country's own period come before that of the area", [{ ...loyalty, retentionIn: { EU: "P6M", FR: "P5Y" } }], [{ occurredAt: FOUR_YEARS_AGO, decisions: [] }], []],
    ["is no test person", [loyalty], [{ occurredAt: FOUR_YEARS_AGO, decisions: [], test: true }], []],
  ])("%s", async (_name, purposes, submissions, expected) => {
    expect(await answersOf({ purposes, submissions })).toEqual(expected);
  });

  it("is listed by destination, purpose, country and action, and changes nothing", async () => {
    const shop = openAgeingShop();
    await shop.submit({ occurredAt: FOUR_YEARS_AGO });
    const { report } = await look({ shop });
    expect(report).toMatchObject({ outcome: "complete", applied: false, noRetention: [] });
    expect(report.destinations.map(({ id, status, people }) => [id, status, people])).toEqual([["ledger", "listed", 1], ["crm", "byLedger", null]]);
    expect(report.counts.map(({ destinationId, purpose, country, action, people }) => [destinationId, purpose, country, action, people])).toEqual([
      ["crm", "loyalty", "FR", "erase", 1],
      ["crm", "marketing.email", "FR", "erase", 1],
      ["ledger", "loyalty", "FR", "erase", 1],
      ["ledger", "marketing.email", "FR", "erase", 1],
    ]);
    expect([shop.ledger.records.people.size, shop.crm.records.people.size]).toEqual([1, 1]);
  });

  it("names the purposes that have no end by time", async () => {
    const shop = openAgeingShop({ purposes: [loyalty, profiling] });
    expect((await look({ shop })).report.noRetention).toEqual(["profiling"]);
  });
});

describe("what has outlived its purpose, applied", () => {
  it("is erased in every destination that holds the person, and not found again", async () => {
    const shop = openAgeingShop();
    await shop.submit({ occurredAt: FOUR_YEARS_AGO });
    await shop.submit({ occurredAt: LAST_YEAR, email: "olga@example.com" });
    const { report, entries } = await look({ shop, apply: true });
    expect(report.outcome).toBe("complete");
    expect(entries.map(({ destinationId, action, outcome }) => [destinationId, action, outcome])).toEqual([["ledger", "erase", "done"], ["crm", "erase", "done"]]);
    expect([shop.ledger.records.people.size, shop.crm.records.people.size]).toEqual([1, 1]);
    expect((await look({ shop, apply: true })).entries).toEqual([]);
  });

  it("is masked where the person stays, and nothing else of them is", async () => {
    const shop = openAgeingShop({ purposes: [loyalty, profiling] });
    await shop.submit({ occurredAt: LAST_YEAR, profile: { givenName: "Inès", birthdate: "1990-02-03" }, decisions: [decideProfiling("given")] });
    await shop.submit({ occurredAt: LAST_YEAR, profile: { givenName: "Inès" }, decisions: [decideProfiling("withdrawn")] });
    const { entries } = await look({ shop, apply: true });
    expect(entries.map(({ destinationId, action, outcome }) => [destinationId, action, outcome])).toEqual([["crm", "mask", "done"], ["ledger", "mask", "done"]]);
    const view = await shop.governance.show({ identifier: { kind: "email", value: "ines@example.com" } });
    expect(view.profile.map(({ attribute }) => attribute)).toEqual(["givenName"]);
    expect((await look({ shop, apply: true })).entries).toEqual([]);
  });

  it("does not undo what the person says again", async () => {
    const shop = openAgeingShop({ purposes: [loyalty, profiling] });
    await shop.submit({ occurredAt: LAST_YEAR, profile: { birthdate: "1990-02-03" }, decisions: [decideProfiling("given")] });
    await shop.submit({ occurredAt: LAST_YEAR, profile: { givenName: "Inès" }, decisions: [decideProfiling("withdrawn")] });
    await look({ shop, apply: true });
    await shop.submit({ profile: { birthdate: "1990-02-04" }, decisions: [decideProfiling("given")] });
    const view = await shop.governance.show({ identifier: { kind: "email", value: "ines@example.com" } });
    expect(view.profile.map(({ attribute }) => attribute)).toContain("birthdate");
  });

  it("is masked as of an instant that a coarse clock can tell from the one before", async () => {
    const stamps: number[] = [];
    const shop = openShop({
      purposes: [loyalty, profiling],
      change: ({ ledger, crm }) => ({
        ledger,
        crm: {
          ...crm,
          population: undefined,
          traits: { ...crm.traits, instantPrecision: "second" },
          intake: {
            write: (batch) => {
              stamps.push(...batch.items.flatMap(({ profile }) => Object.values(profile ?? {}).flatMap(({ value, changedAt }) => (value === null ? [changedAt] : []))));
              return crm.intake.write(batch);
            },
          },
        },
      }),
    });
    await shop.submit({ occurredAt: LAST_YEAR, profile: { givenName: "Inès", birthdate: "1990-02-03" }, decisions: [decideProfiling("given")] });
    await shop.submit({ occurredAt: LAST_YEAR, profile: { givenName: "Inès" }, decisions: [decideProfiling("withdrawn")] });
    await look({ shop, apply: true });
    expect(stamps).toEqual([Date.parse(LAST_YEAR) + 1000]);
  });

  it("is not told as failed where the run was stopped meanwhile", async () => {
    const stop = new AbortController();
    const shop = openShop({
      purposes: [loyalty, profiling],
      change: ({ ledger, crm }) => ({
        ledger,
        crm: {
          ...crm,
          population: undefined,
          intake: {
            write: async (batch) => {
              if (batch.items.every(({ profile }) => profile?.["birthdate"]?.value !== null)) return crm.intake.write(batch);
              stop.abort();
              throw stop.signal.reason;
            },
          },
        },
      }),
    });
    await shop.submit({ occurredAt: LAST_YEAR, profile: { givenName: "Inès", birthdate: "1990-02-03" }, decisions: [decideProfiling("given")] });
    await shop.submit({ occurredAt: LAST_YEAR, profile: { givenName: "Inès" }, decisions: [decideProfiling("withdrawn")] });
    const entries: RetentionEntry[] = [];
    const report = await shop.governance.retention({ apply: true, signal: stop.signal, onEntry: (entry) => void entries.push(entry) });
    expect(report.outcome).toBe("interrupted");
    expect(entries).toEqual([]);
  });

  it("stays in the ledger while a copy remains, and the next run finishes", async () => {
    const shop = openAgeingShop();
    await shop.submit({ occurredAt: FOUR_YEARS_AGO });
    shop.crm.fail({ kind: "unavailable" });
    const { report, entries } = await look({ shop, apply: true });
    expect(report.outcome).toBe("incomplete");
    expect(report.destinations).toMatchObject([{ id: "ledger", status: "listed" }, { id: "crm", status: "failed", code: "unavailable" }]);
    expect(entries).toMatchObject([{ destinationId: "ledger", outcome: "notAttempted", reason: "unavailable" }]);
    expect(shop.ledger.records.people.size).toBe(1);
    shop.crm.fail(null);
    expect((await look({ shop, apply: true })).report.outcome).toBe("complete");
    expect([shop.ledger.records.people.size, shop.crm.records.people.size]).toEqual([0, 0]);
  });

  it("is left alone where only the copy knows of a newer yes", async () => {
    const shop = openAgeingShop({ purposes: [news] });
    await shop.submit({ occurredAt: FOUR_YEARS_AGO });
    const [ref = ""] = [...shop.ledger.records.people.keys()];
    const person = shop.crm.records.people.get(ref);
    const states = [...(person?.states ?? [])].map(([key, state]) => [key, { ...state, effectiveAt: Date.parse(LAST_YEAR) }] as const);
    shop.crm.records.people.set(ref, { ...person, states: new Map(states) } as never);
    expect((await look({ shop, apply: true })).entries).toEqual([]);
    expect(shop.ledger.records.people.size).toBe(1);
  });

  it("is kept under a hold, with the reason and until when", async () => {
    const shop = await openObstructedShop({ holds: [HOLD] });
    const { entries, report } = await look({ shop, apply: true });
    expect(entries.find(({ destinationId }) => destinationId === "ledger")).toMatchObject({ action: "keep", reason: "held", until: HOLD.until });
    expect(report.outcome).toBe("complete");
    expect(shop.ledger.records.people.size).toBe(1);
  });

  it("is masked around a hold on some attributes", async () => {
    const shop = await openObstructedShop({ holds: [{ ...HOLD, scope: ["email"] }] });
    await look({ shop, apply: true });
    const view = await shop.governance.show({ identifier: { kind: "email", value: "ines@example.com" } });
    expect(view.profile.map(({ attribute }) => attribute)).toEqual(["email"]);
  });

  it("is no longer kept by a hold that ended", async () => {
    const shop = await openObstructedShop({ holds: [{ ...HOLD, until: 2 }] });
    await look({ shop, apply: true });
    expect(shop.ledger.records.people.size).toBe(0);
  });

  it("is stored and nothing else where processing is restricted", async () => {
    const shop = await openObstructedShop({ isRestricted: true });
    const { entries } = await look({ shop, apply: true });
    expect(entries.find(({ destinationId }) => destinationId === "ledger")).toMatchObject({ action: "keep", reason: "restricted" });
    expect([shop.ledger.records.people.size, shop.crm.records.people.size]).toEqual([1, 1]);
  });
});

describe("two destinations that list the same people", () => {
  it.each([false, true])("are told of each once, applied or not", async (apply) => {
    const shop = openShop({ purposes: [loyalty, news] });
    await shop.submit({ occurredAt: FOUR_YEARS_AGO });
    const { report, entries } = await look({ shop, apply });
    expect(report.outcome).toBe("complete");
    expect(entries.map(({ destinationId }) => destinationId).toSorted()).toEqual(["crm", "ledger"]);
    expect(shop.crm.records.people.size).toBe(apply ? 0 : 1);
  });
});

describe("destinations that do not list their people", () => {
  it("are said to be unsupported where no ledger lists them", async () => {
    const shop = openShop({
      purposes: [loyalty, news],
      change: ({ ledger, crm }) => ({ ledger: { ...ledger, population: undefined }, crm: { ...crm, population: undefined } }),
    });
    await shop.submit({ occurredAt: FOUR_YEARS_AGO });
    const { report } = await look({ shop });
    expect(report.destinations.map(({ status }) => status)).toEqual(["unsupported", "unsupported"]);
  });

  it("keep somebody of whom no country is known for the longest of all periods", async () => {
    const system = createCustomerSystem([{ id: "1" }]);
    const erasedAfter = async (retentionIn: Record<string, string>) => {
      const shop = openShop({ purposes: [{ ...loyalty, retention: "P1Y", retentionIn }], change: ({ crm }) => ({ crm: { ...system.attachTo(crm), population: undefined } }) });
      await shop.submit({ occurredAt: FOUR_YEARS_AGO, decisions: [] });
      system.customers[0] = { id: "1", ref: [...shop.crm.records.people.keys()][0] ?? "", country: null };
      return (await look({ shop })).entries.map(({ country, action }) => [country, action]);
    };
    expect(await erasedAfter({ IT: "P5Y" })).toEqual([]);
    expect(await erasedAfter({ IT: "P3Y" })).toEqual([[null, "erase"]]);
  });

  it("keep what somebody of no known country ended for as long as any country wants it kept", async () => {
    const system = createCustomerSystem([{ id: "1" }]);
    const actionsAfter = async (occurredAt: string, status: string) => {
      const purposes = [{ ...news, retention: undefined, retentionIn: { FR: "P3Y" } }];
      const shop = openShop({ purposes, change: ({ crm }) => ({ crm: { ...system.attachTo(crm), population: undefined } }) });
      await shop.submit({ occurredAt, decisions: [decide(status)] });
      system.customers[0] = { id: "1", ref: [...shop.crm.records.people.keys()][0] ?? "", country: null };
      return (await look({ shop })).entries.map(({ country, action }) => [country, action]);
    };
    expect(await actionsAfter(LAST_YEAR, "withdrawn")).toEqual([]);
    expect(await actionsAfter(FOUR_YEARS_AGO, "withdrawn")).toEqual([[null, "erase"]]);
    expect(await actionsAfter(FOUR_YEARS_AGO, "given")).toEqual([]);
  });

  it("are walked by the customers that they list, where they carry our refs", async () => {
    const system = createCustomerSystem([{ id: "1" }, { id: "2" }]);
    const shop = openShop({ purposes: [loyalty, news], change: ({ crm }) => ({ crm: { ...system.attachTo(crm), population: undefined } }) });
    await shop.submit({ occurredAt: FOUR_YEARS_AGO });
    const [ref = ""] = [...shop.crm.records.people.keys()];
    system.customers[0] = { id: "1", ref };
    const { report, entries } = await look({ shop, apply: true });
    expect(report.destinations).toMatchObject([{ status: "listed", people: 1 }]);
    expect(entries).toMatchObject([{ destinationId: "crm", action: "erase", outcome: "done" }]);
    expect(shop.crm.records.people.size).toBe(0);
  });
});
