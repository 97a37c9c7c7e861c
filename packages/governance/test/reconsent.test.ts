import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { VolentiConfiguration } from "@volenti/core";
import { regimeRules } from "@volenti/jurisdictions";
import type { ReconsentEntry, ReconsentReport } from "@volenti/governance";
import { createCustomerSystem } from "./support/customer-system.ts";
import { decide, openShop, type Shop, type SubmissionChanges } from "./support/open-shop.ts";

const news = { key: "marketing.email", version: "1", basis: "consent", mechanism: "optIn", channels: ["email"], attributes: ["email"], label: { en: "N" } } as const;
const sale = { key: "sale", version: "1", basis: "legitimateInterests", mechanism: "optOut", kind: "sale", attributes: ["email"], recipients: ["ad-partner"], label: { en: "S" } } as const;
const text = { id: "signup", locale: "fr-FR", standalone: true, firstLayer: "F", text: "T", policyUrl: "https://example.com/fr" } as const;

/** The clock of the shop stands at 21 November 2026. */
const THIS_MONTH = "2026-11-01T10:00:00.000Z";
const TWO_YEARS_AGO = "2024-11-01T10:00:00.000Z";

/** News in two versions; notice 3 asked for the first, notice 4 asks for the second. */
function openChangedShop(options: { covers?: readonly string[]; validity?: string; configuration?: Partial<VolentiConfiguration> } = {}): Shop {
  const { covers = [], validity, configuration } = options;
  const second = { ...news, version: "2", covers, ...(validity === undefined ? {} : { validity }) };
  return openShop({
    purposes: [news, second, sale],
    configuration: {
      notices: [
        { ...text, version: "3", purposes: ["marketing.email", "sale"] },
        { ...text, version: "4", purposes: ["marketing.email@2", "sale"] },
      ],
      ...configuration,
    },
  });
}

async function reconsent(shop: Shop, version = "4"): Promise<{ report: ReconsentReport; entries: ReconsentEntry[] }> {
  const entries: ReconsentEntry[] = [];
  const report = await shop.governance.reconsent({ notice: { id: "signup", version }, onEntry: (entry) => void entries.push(entry) });
  return { report, entries };
}

const told = (entries: readonly ReconsentEntry[], purpose = "marketing.email"): string[] =>
  entries.filter((entry) => entry.purpose === purpose).map(({ answer, reason }) => `${answer} ${reason ?? ""}`.trim());

const bySecond = { noticeVersion: "4" };
function decideSale(status: string): Record<string, unknown> {
  const { channel: _, ...decision } = decide(status, { purpose: "sale" });
  return decision;
}

describe("who must be asked again", () => {
  it.each<[string, Parameters<typeof openChangedShop>[0], SubmissionChanges[], string]>([
    ["is who granted a narrower version", {}, [{ decisions: [decide("given")] }], "askAgain narrowerVersion"],
    ["is nobody whose version the current one covers", { covers: ["1"] }, [{ decisions: [decide("given")] }], "covered otherNotice"],
    ["is nobody who answered the new notice", {}, [{ occurredAt: THIS_MONTH, decisions: [decide("given")] }, { decisions: [decide("given", bySecond)] }], "covered thisNotice"],
    ["is whose grant has expired", { validity: "P1Y" }, [{ occurredAt: TWO_YEARS_AGO, decisions: [decide("given", bySecond)] }], "askAgain expired"],
    ["is whose grant was ended", {}, [{ decisions: [decide("given", bySecond)] }, { decisions: [decide("invalidated", bySecond)] }], "askAgain ended"],
    ["is nobody who refused", {}, [{ decisions: [decide("refused")] }], "refused mayBeAsked"],
    ["is nobody who withdrew, by whatever version", {}, [{ decisions: [decide("given")] }, { decisions: [decide("withdrawn")] }], "refused mayBeAsked"],
    ["is nobody who never answered: those were never asked", {}, [{ decisions: [] }], "neverAnswered"],
    ["is nobody who was asked and has to confirm yet", {}, [{ decisions: [decide("requested", { ...bySecond, confirmation: { state: "pending", sentAt: THIS_MONTH } })] }], "awaitingConfirmation"],
    ["is nobody either who has to confirm the wider version", {}, [{ occurredAt: THIS_MONTH, decisions: [decide("given")] }, { decisions: [decide("requested", { ...bySecond, confirmation: { state: "pending", sentAt: "2026-11-21T09:00:00.000Z" } })] }], "awaitingConfirmation"],
  ])("%s", async (_name, options, submissions, expected) => {
    const shop = openChangedShop(options);
    for (const submission of submissions) await shop.submit(submission);
    const { report, entries } = await reconsent(shop);
    expect(told(entries)).toEqual([expected]);
    expect(report).toMatchObject({ outcome: "complete", people: 1, peopleToAsk: expected.startsWith("askAgain") ? 1 : 0, notInNotice: [] });
    expect(report.counts.map(({ purpose, channel, country, people }) => [purpose, channel, country, people])).toEqual([["marketing.email", "email", "FR", 1], ["sale", "*", "FR", 1]]);
  });

  it("is whose grant lacked what the law asks", async () => {
    const shop = openChangedShop({ configuration: { regimes: { rules: regimeRules } } });
    await shop.submit({ country: "RU", decisions: [decide("given", bySecond)] });
    expect(told((await reconsent(shop)).entries)).toEqual(["askAgain demandMissing"]);
  });

  it("is told with the notice that was answered last, and its locale", async () => {
    const shop = openChangedShop();
    await shop.submit({ decisions: [decide("given")] });
    const [entry] = (await reconsent(shop)).entries;
    expect(entry).toMatchObject({ purposeVersion: "1", lastNotice: { id: "signup", version: "3", locale: "fr-FR" } });
    expect(JSON.stringify(entry)).not.toContain("ines");
  });

  it("is each person once, though two destinations list them", async () => {
    const shop = openChangedShop();
    await shop.submit({ email: "olga@example.com", decisions: [decide("given")] });
    await shop.submit({ decisions: [decide("given", bySecond)] });
    const { report } = await reconsent(shop);
    expect([report.people, report.peopleToAsk, report.totals.askAgain, report.totals.covered]).toEqual([2, 1, 1, 1]);
  });

  it("is found by the customers that a system lists in its own order, of whom nobody says which notice they answered", async () => {
    const system = createCustomerSystem([]);
    const shop = openShop({
      purposes: [news, { ...news, version: "2" }],
      change: ({ crm }) => ({ crm: { ...system.attachTo(crm), population: undefined } }),
      configuration: { notices: [{ ...text, version: "3", purposes: ["marketing.email"] }, { ...text, version: "4", purposes: ["marketing.email@2"] }] },
    });
    for (const email of ["ines@example.com", "olga@example.com", "jo@example.com"]) await shop.submit({ email, decisions: [decide("given")] });
    const refs = [...shop.crm.records.people.keys()].toSorted();
    system.customers.push(...refs.toReversed().map((ref, index) => ({ id: String(index), ref })));
    const { report, entries } = await reconsent(shop);
    expect(report).toMatchObject({ outcome: "complete", people: 3, peopleToAsk: 3 });
    expect(entries.map(({ lastNotice }) => lastNotice)).toEqual([null, null, null]);
  });

  it("is nobody of the test people", async () => {
    const shop = openChangedShop();
    await shop.submit({ test: true, decisions: [decide("given")] });
    expect((await reconsent(shop)).report.people).toBe(0);
  });

  it("cannot be asked by a notice that names an earlier version", async () => {
    const shop = openChangedShop();
    await shop.submit({ decisions: [decide("given")] });
    const { report } = await reconsent(shop, "3");
    expect(report.notInNotice).toEqual(["marketing.email"]);
    expect(report.totals.askAgain).toBe(1);
  });

  it("can be told of a purpose alone; of one that nobody knows nothing can", async () => {
    const shop = openChangedShop();
    await shop.submit({ decisions: [decide("given")] });
    expect(await shop.governance.reconsent({ purpose: "marketing.email" })).toMatchObject({ notice: null, purposes: [{ version: "2" }], totals: { askAgain: 1 } });
    await expect(shop.governance.reconsent({ purpose: "fax" })).rejects.toMatchObject({ code: "invalidInput", fieldNames: ["purpose"] });
    await expect(shop.governance.reconsent({ notice: { id: "signup", version: "9" } })).rejects.toMatchObject({ fieldNames: ["notice"] });
  });
});

describe("who must be asked again, and must not be", () => {
  it("is whose data rests", async () => {
    const shop = openChangedShop();
    await shop.submit({ decisions: [decide("given")] });
    const [subjectRef = ""] = [...shop.ledger.records.people.keys()];
    await shop.volenti.destinations.get("ledger")?.custody?.setRestriction({ subjectRef, restriction: { since: 0, reason: "accuracy" } });
    const { entries, report } = await reconsent(shop);
    expect(told(entries)).toEqual(["leftOut restricted"]);
    expect(report.peopleToAsk).toBe(0);
  });

  it("is who said no to another system", async () => {
    const shop = openChangedShop();
    await shop.submit({ decisions: [decide("given")] });
    const [ref = ""] = [...shop.ledger.records.people.keys()];
    const person = shop.crm.records.people.get(ref);
    const states = [...(person?.states ?? [])].map(([key, state]) => [key, { ...state, status: "withdrawn", effectiveAt: state.effectiveAt + 1 }] as const);
    shop.crm.records.people.set(ref, { ...person, states: new Map(states) } as never);
    expect(told((await reconsent(shop)).entries)).toEqual(["leftOut refusedElsewhere"]);
  });

  it("is of whom another system could not be asked, and the report is not whole", async () => {
    const shop = openChangedShop();
    await shop.submit({ decisions: [decide("given")] });
    shop.crm.fail({ kind: "unavailable" });
    const { entries, report } = await reconsent(shop);
    expect(told(entries)).toEqual(["leftOut unread"]);
    expect(report).toMatchObject({ outcome: "incomplete", peopleToAsk: 0, destinations: [{ id: "ledger", status: "listed" }, { id: "crm", status: "failed", code: "unavailable" }] });
  });

  it("is nobody at all of a list that breaks off", async () => {
    const shop = openChangedShop();
    await shop.submit({ decisions: [decide("given")] });
    shop.ledger.fail({ kind: "unavailable" });
    expect((await reconsent(shop)).report).toMatchObject({ outcome: "incomplete", people: 0 });
  });
});

describe("who refused a sale", () => {
  const refuse = async (request: { country: string; occurredAt?: string; regimes?: VolentiConfiguration["regimes"]; kind?: "analytics" }): Promise<ReconsentEntry | undefined> => {
    const { country, occurredAt = THIS_MONTH, regimes, kind } = request;
    const shop = openShop({
      purposes: [{ ...sale, ...(kind === undefined ? {} : { kind }) }],
      configuration: { notices: [{ ...text, version: "3", purposes: ["sale"] }], ...(regimes === undefined ? {} : { regimes }) },
    });
    await shop.submit({ country, occurredAt, decisions: [decideSale("optedOut")] });
    return (await reconsent(shop, "3")).entries[0];
  };

  it("in California is not asked for twelve months, to the day", async () => {
    expect(await refuse({ country: "US" })).toMatchObject({ answer: "refused", reason: "noReask", noReaskUntil: Date.parse("2027-11-01T10:00:00.000Z") });
    expect(await refuse({ country: "US", occurredAt: TWO_YEARS_AGO })).toMatchObject({ answer: "refused", reason: "mayBeAsked" });
  });

  it("elsewhere is under no such law of ours", async () => {
    expect(await refuse({ country: "FR" })).toMatchObject({ reason: "mayBeAsked", noReaskUntil: null });
  });

  it("of another kind of purpose is not under that law", async () => {
    expect(await refuse({ country: "US", kind: "analytics" })).toMatchObject({ reason: "mayBeAsked", noReaskUntil: null });
  });

  it("is asked when the brand reads the row otherwise", async () => {
    const overrides = [{ row: "ccpa-no-reask", reason: "counsel", period: "P24M" }];
    expect(await refuse({ country: "US", regimes: { rules: regimeRules, overrides } })).toMatchObject({ noReaskUntil: Date.parse("2028-11-01T10:00:00.000Z") });
    expect(await refuse({ country: "US", regimes: { rules: regimeRules, overrides: [{ row: "ccpa-no-reask", reason: "counsel", applies: false }] } })).toMatchObject({ noReaskUntil: null });
  });
});

describe("a grant under a version that the current one does not cover", () => {
  it("is never covered, whatever else was decided before it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom("given", "renewed", "refused", "withdrawn", "acknowledged", "deferred"), { maxLength: 4 }), async (statuses) => {
        const shop = openChangedShop();
        for (const [index, status] of statuses.entries()) await shop.submit({ occurredAt: new Date(Date.parse(THIS_MONTH) + index).toISOString(), decisions: [decide(status)] });
        await shop.submit({ decisions: [decide("given")] });
        expect(told((await reconsent(shop)).entries)).toEqual(["askAgain narrowerVersion"]);
        const view = await shop.governance.show({ identifier: { kind: "email", value: "ines@example.com" } });
        expect(view.consents.filter(({ purpose }) => purpose === "marketing.email").map(({ answer }) => answer)).toEqual(["unknown"]);
      }),
      { numRuns: 25 },
    );
  });
});
