import { readFileSync } from "node:fs";
import { isEeaMember, rightsDeadlines, weekendOf, type LegalPeriod } from "@volenti/jurisdictions";
import { describe, expect, it, test } from "vitest";

const upstream = JSON.parse(
  readFileSync(new URL("../../../test-fixtures/law/dsr-deadlines.json", import.meta.url), "utf8"),
) as { rows: { regime: string; days: string | number; certainty: string }[] };

const days = (amount: number): LegalPeriod => ({ amount, unit: "calendarDays" });
const workingDays = (amount: number): LegalPeriod => ({ amount, unit: "workingDays" });
const months = (amount: number): LegalPeriod => ({ amount, unit: "months" });
const unspecified: LegalPeriod = { amount: null, unit: "unspecified" };

/** By upstream regime: how it words the time, and the rows that come of it. */
const EXPECTATIONS: readonly {
  regime: string;
  said: string | number;
  rows: readonly { id: string; deadline: LegalPeriod; extension?: LegalPeriod; certainty: string }[];
}[] = [
  { regime: "GDPR", said: "1 month", rows: [{ id: "gdpr", deadline: months(1), extension: months(2), certainty: "A" }] },
  { regime: "UK GDPR", said: "1 month", rows: [{ id: "uk-gdpr", deadline: months(1), extension: months(2), certainty: "A" }] },
  { regime: "CCPA/CPRA know, delete, correct", said: 45, rows: [{ id: "ccpa-know-delete-correct", deadline: days(45), extension: days(45), certainty: "A" }] },
  { regime: "CCPA/CPRA opt-out, limit", said: "as soon as feasible, at most 15 business days", rows: [{ id: "ccpa-opt-out-limit", deadline: workingDays(15), certainty: "A" }] },
  { regime: "VA, CO, TX and similar US states", said: 45, rows: [{ id: "us-states", deadline: days(45), extension: days(45), certainty: "B" }] },
  {
    regime: "LGPD access",
    said: "simplified answer at once; full declaration 15 days",
    rows: [
      { id: "lgpd-access-simplified", deadline: unspecified, certainty: "A" },
      { id: "lgpd-access-full", deadline: days(15), certainty: "A" },
    ],
  },
  { regime: "PIPL", said: "timely; no number in the law", rows: [{ id: "pipl", deadline: unspecified, certainty: "C" }] },
  { regime: "KR PIPA", said: 10, rows: [{ id: "korea-pipa", deadline: days(10), certainty: "B" }] },
  { regime: "JP APPI", said: "without delay", rows: [{ id: "appi", deadline: unspecified, certainty: "B" }] },
  { regime: "CA PIPEDA", said: 30, rows: [{ id: "pipeda", deadline: days(30), extension: days(30), certainty: "B" }] },
  { regime: "Quebec", said: 30, rows: [{ id: "quebec", deadline: days(30), certainty: "B" }] },
  { regime: "SG PDPA", said: 30, rows: [{ id: "singapore-pdpa", deadline: days(30), certainty: "B" }] },
  { regime: "AU", said: "reasonable, about 30", rows: [{ id: "australia", deadline: days(30), certainty: "B" }] },
  { regime: "TR KVKK", said: 30, rows: [{ id: "kvkk", deadline: days(30), certainty: "B" }] },
  { regime: "SA PDPL", said: 30, rows: [{ id: "saudi-pdpl", deadline: days(30), extension: days(30), certainty: "C" }] },
  { regime: "ID PDP", said: "72 hours for access, correction, stop after withdrawal", rows: [{ id: "indonesia-pdp", deadline: { amount: 72, unit: "hours" }, certainty: "C" }] },
  {
    regime: "AR",
    said: "access 10 days; rectify or erase 5 working days",
    rows: [
      { id: "argentina-access", deadline: days(10), certainty: "C" },
      { id: "argentina-rectify-erase", deadline: workingDays(5), certainty: "C" },
    ],
  },
  {
    regime: "RU 152-FZ",
    said: "10 working days, +5; stop after withdrawal 10 working days, destroy within 30 days",
    rows: [
      { id: "fz152", deadline: workingDays(10), extension: workingDays(5), certainty: "C" },
      { id: "fz152-stop", deadline: workingDays(10), certainty: "C" },
      { id: "fz152-destroy", deadline: days(30), certainty: "C" },
    ],
  },
  { regime: "IN DPDP", said: "grievance at most 90 days", rows: [{ id: "india-dpdp-grievance", deadline: days(90), certainty: "C" }] },
];

describe("deadlines for requests of data subjects", () => {
  test.each(EXPECTATIONS)("$regime: $said", ({ regime, said, rows }) => {
    const found = rightsDeadlines
      .filter((row) => row.regime === regime)
      .map(({ id, deadline, extension, certainty }) => ({
        id,
        deadline,
        ...(extension === undefined ? {} : { extension }),
        certainty,
      }));
    expect(found).toEqual(rows);
    const source = upstream.rows.find((row) => row.regime === regime);
    expect(source?.days).toBe(said);
    expect(source?.certainty.charAt(0)).toBe(rows[0]?.certainty);
  });

  it("covers every law of the upstream data, and no other", () => {
    expect(new Set(rightsDeadlines.map(({ regime }) => regime))).toEqual(new Set(upstream.rows.map(({ regime }) => regime)));
  });

  it("names every row once, and its places by standard codes", () => {
    const ids = rightsDeadlines.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const place of rightsDeadlines.flatMap(({ places }) => places)) {
      expect(place).toMatch(/^(EU|[A-Z]{2}(-[A-Z0-9]{1,3})?)$/);
      expect(isEeaMember(place)).toBe(false);
    }
  });
});

describe("weekends", () => {
  it("are Friday and Saturday in the Gulf, the Emirates excepted, and Saturday and Sunday elsewhere", () => {
    expect(weekendOf("SA")).toEqual([5, 6]);
    expect(weekendOf("QA")).toEqual([5, 6]);
    expect(weekendOf("AE")).toEqual([6, 7]);
    expect(weekendOf("FR")).toEqual([6, 7]);
  });

  it.each([
    [[5, 6], ["BH", "DZ", "EG", "IL", "IQ", "JO", "KW", "LY", "OM", "SD", "SY", "YE"]],
    [[4, 5], ["AF"]],
    [[5], ["IR"]],
    [[7], ["IN", "UG"]],
  ])("are the days %j of the week in %j", (days, countries) => {
    expect(countries.map((country) => weekendOf(country))).toEqual(countries.map(() => days));
  });
});

describe("a period that stands still", () => {
  it("is a matter of the row: for who asks under the GDPR, and for what is asked in the United Kingdom alone", () => {
    const pausesOf = (id: string) => rightsDeadlines.find((row) => row.id === id)?.mayPause;
    expect(pausesOf("gdpr")).toEqual(["identity"]);
    expect(pausesOf("uk-gdpr")).toEqual(["identity", "clarification"]);
    expect(pausesOf("ccpa-know-delete-correct")).toBeUndefined();
  });
});
