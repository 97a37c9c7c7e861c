import { readFileSync } from "node:fs";
import type { ResidencyPermission } from "@volenti/core";
import { isEeaMember, residencyRules } from "@volenti/jurisdictions";
import { describe, expect, it, test } from "vitest";

const upstream = JSON.parse(
  readFileSync(new URL("../../../test-fixtures/law/residency.json", import.meta.url), "utf8"),
) as { rules: { country: string; primaryLocal: string; collectionAbroad?: string; copyAbroad: string }[] };

interface Expectation {
  readonly country: string;
  /** As the data say it, to be read beside the answers; null: nothing is said. */
  readonly upstream: { primaryLocal: string; collectionAbroad: string | null; copyAbroad: string };
  readonly keepLocal: "yes" | "no";
  readonly collectElsewhere: ResidencyPermission;
  readonly copyTo: Readonly<Record<string, ResidencyPermission>>;
}

const withMechanism = { "*": "withMechanism" } as const;
const noLocal = { primaryLocal: "no", copyAbroad: "conditional" } as const;
const categories = { primaryLocal: "required_categories" } as const;

const EXPECTATIONS: readonly Expectation[] = [
  { country: "RU", upstream: { primaryLocal: "required", collectionAbroad: "no", copyAbroad: "contested" }, keepLocal: "yes", collectElsewhere: "no", copyTo: { "*": "no" } },
  { country: "CN", upstream: { ...categories, collectionAbroad: "conditional", copyAbroad: "conditional" }, keepLocal: "no", collectElsewhere: "withMechanism", copyTo: withMechanism },
  { country: "IN", upstream: { ...categories, collectionAbroad: "yes", copyAbroad: "restricted_categories" }, keepLocal: "no", collectElsewhere: "yes", copyTo: withMechanism },
  { country: "ID", upstream: { ...noLocal, collectionAbroad: "yes" }, keepLocal: "no", collectElsewhere: "yes", copyTo: withMechanism },
  { country: "VN", upstream: { primaryLocal: "required (domestic enterprises) / on_order (foreign enterprises)", collectionAbroad: "conditional", copyAbroad: "conditional" }, keepLocal: "yes", collectElsewhere: "withMechanism", copyTo: withMechanism },
  { country: "SA", upstream: { ...noLocal, collectionAbroad: "yes" }, keepLocal: "no", collectElsewhere: "yes", copyTo: withMechanism },
  { country: "AE", upstream: { ...noLocal, collectionAbroad: "yes" }, keepLocal: "no", collectElsewhere: "yes", copyTo: withMechanism },
  { country: "TR", upstream: { ...noLocal, collectionAbroad: "yes" }, keepLocal: "no", collectElsewhere: "yes", copyTo: withMechanism },
  { country: "KZ", upstream: { primaryLocal: "required", collectionAbroad: "yes (per Dentons: order of storing not fixed)", copyAbroad: "conditional" }, keepLocal: "yes", collectElsewhere: "yes", copyTo: withMechanism },
  { country: "UZ", upstream: { ...categories, collectionAbroad: "yes for other data", copyAbroad: "conditional" }, keepLocal: "no", collectElsewhere: "yes", copyTo: withMechanism },
  { country: "EU", upstream: { ...noLocal, collectionAbroad: "yes" }, keepLocal: "no", collectElsewhere: "yes", copyTo: withMechanism },
  { country: "GB", upstream: { ...noLocal, collectionAbroad: null }, keepLocal: "no", collectElsewhere: "withMechanism", copyTo: withMechanism },
  { country: "CH", upstream: { ...noLocal, collectionAbroad: null }, keepLocal: "no", collectElsewhere: "withMechanism", copyTo: withMechanism },
  { country: "BR", upstream: { ...noLocal, collectionAbroad: null }, keepLocal: "no", collectElsewhere: "withMechanism", copyTo: withMechanism },
  { country: "KR", upstream: { ...noLocal, collectionAbroad: null }, keepLocal: "no", collectElsewhere: "withMechanism", copyTo: withMechanism },
  { country: "JP", upstream: { ...noLocal, collectionAbroad: null }, keepLocal: "no", collectElsewhere: "withMechanism", copyTo: withMechanism },
  { country: "EG", upstream: { ...noLocal, collectionAbroad: null }, keepLocal: "no", collectElsewhere: "withMechanism", copyTo: withMechanism },
  { country: "NG", upstream: { ...categories, collectionAbroad: null, copyAbroad: "conditional" }, keepLocal: "no", collectElsewhere: "no", copyTo: withMechanism },
  {
    country: "US",
    upstream: { primaryLocal: "no", collectionAbroad: null, copyAbroad: "yes" },
    keepLocal: "no",
    collectElsewhere: "yes",
    copyTo: { "*": "yes", CN: "no", HK: "no", MO: "no", CU: "no", IR: "no", KP: "no", RU: "no", VE: "no" },
  },
];

const rowOf = (country: string) => residencyRules.rows.find((row) => row.country === country);

describe("the three answers of each row", () => {
  test.each(EXPECTATIONS)("$country", ({ country, upstream: said, ...answers }) => {
    const row = rowOf(country);
    expect({
      country,
      keepLocal: row?.keepLocal,
      collectElsewhere: row?.collectElsewhere,
      copyTo: row?.copyTo,
    }).toEqual({ country, ...answers });
    const source = upstream.rules.find((rule) => rule.country === (country === "EU" ? "EU/EEA" : country));
    expect({
      primaryLocal: source?.primaryLocal,
      collectionAbroad: source?.collectionAbroad ?? null,
      copyAbroad: source?.copyAbroad,
    }).toEqual(said);
  });
});

describe("the rows as a whole", () => {
  it("has one row for every country of the upstream data, and no other", () => {
    const countries = upstream.rules.map(({ country }) => (country === "EU/EEA" ? "EU" : country));
    expect(residencyRules.rows.map(({ country }) => country).toSorted()).toEqual(countries.toSorted());
    expect(new Set(countries).size).toBe(countries.length);
  });

  test.each([...residencyRules.rows, residencyRules.defaultRow])("$country says its law, source, date and what it asks", (row) => {
    expect(row.law).not.toBe("");
    expect(row.sources.length).toBeGreaterThan(0);
    expect(row.checkedAt).toMatch(/^\d{4}-\d{2}(-\d{2})?$/);
    expect(row.conditions.length).toBeGreaterThan(0);
    expect(Object.hasOwn(row.copyTo, "*")).toBe(true);
  });

  test.each([
    ["RU", "B"], ["CN", "B"], ["IN", "B"], ["ID", "B"], ["VN", "C"], ["SA", "B"], ["AE", "C"], ["TR", "B"], ["KZ", "B"],
    ["UZ", "B"], ["EU", "A"], ["GB", "C"], ["CH", "C"], ["BR", "C"], ["KR", "C"], ["JP", "C"], ["EG", "C"], ["NG", "C"],
    ["US", "C"],
  ])("is no surer of %s than the weakest certainty that the data name", (country, certainty) => {
    expect(rowOf(country)?.certainty).toBe(certainty);
  });

  it("names the kinds of data that must stay wherever the data say that some must", () => {
    const withCategories = residencyRules.rows.filter(({ localCategories }) => localCategories !== undefined);
    for (const { country, primaryLocal } of upstream.rules.filter((rule) => rule.primaryLocal === "required_categories")) {
      expect(withCategories.map((row) => row.country), primaryLocal).toContain(country);
    }
    expect(rowOf("UZ")?.localCategories).toEqual(["biometric data", "genetic data", "data of telecom subscribers"]);
    expect(rowOf("NG")?.localCategories).toEqual(["government and sovereign data"]);
  });
});

describe("countries without a row", () => {
  it("may be collected elsewhere and copied only with a transfer mechanism, and need nothing local", () => {
    expect(residencyRules.defaultRow).toMatchObject({
      country: "*",
      collectElsewhere: "withMechanism",
      copyTo: { "*": "withMechanism" },
      keepLocal: "no",
      certainty: "C",
    });
  });
});

describe("the region EU", () => {
  it("is the European Economic Area: 27 members of the Union, Iceland, Liechtenstein and Norway", () => {
    expect(residencyRules.regions["EU"]?.toSorted()).toEqual(
      [
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT",
        "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
      ],
    );
  });

  it.each(["FR", "IS", "LI", "NO", "HR"])("has %s as a member", (country) => {
    expect(isEeaMember(country)).toBe(true);
  });

  it.each(["GB", "CH", "RU", "US", "EU", "fr", "", "GP"])("does not have '%s' as a member", (country) => {
    expect(isEeaMember(country)).toBe(false);
  });
});
