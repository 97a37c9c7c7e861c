import { childConsentAges, regimeRules, residencyRules, rightsDeadlines } from "@volenti/jurisdictions";
import { describe, expect, test } from "vitest";

const { rows } = regimeRules;

describe("the rows of the regimes", () => {
  test("have an id of their own, a law, a source, a date and a weight", () => {
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    for (const { id, law, source, checkedAt, certainty } of rows) {
      expect([id, law, source].every((text) => text.trim() !== ""), id).toBe(true);
      expect(checkedAt, id).toMatch(/^\d{4}-\d{2}(?:-\d{2})?$/);
      expect("ABC", id).toContain(certainty);
    }
  });

  test("speak of countries, subdivisions and regions of the residency rules", () => {
    const places = rows.flatMap((row) => row.places);
    expect(places.filter((place) => !(place in residencyRules.regions) && !/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/.test(place))).toEqual([]);
  });

  test("name deadlines that are there", () => {
    const named = rows.flatMap(({ rule }) => (rule.about === "rights" ? rule.deadlines : []));
    const known = rightsDeadlines.map(({ id }) => id);
    expect(named.filter((id) => !known.includes(id))).toEqual([]);
    expect(named.length).toBeGreaterThan(15);
  });

  test("make a demand of every age of consent", () => {
    const ages = rows.flatMap(({ rule }) => (rule.about === "demand" && rule.demand.guardianBelow !== undefined ? [rule.demand.guardianBelow] : []));
    expect(ages).toEqual(childConsentAges.map(({ below }) => below));
  });

  test("hold every item of GDPR article 13(1) and (2)", () => {
    const gdpr = rows.find(({ id }) => id === "gdpr-notice")?.rule;
    expect(gdpr?.about === "notice" ? gdpr.items.map(({ provision }) => provision) : []).toEqual([
      "art13-1-a", "art13-1-a", "art13-1-b", "art13-1-c", "art13-1-d", "art13-1-e", "art13-1-f",
      "art13-2-a", "art13-2-b", "art13-2-c", "art13-2-d", "art13-2-e", "art13-2-f",
    ]);
  });

  test("keep who opted out of a sale in California from being asked again for twelve months", () => {
    expect(rows.find(({ id }) => id === "ccpa-no-reask")).toMatchObject({ places: ["US-CA"], rule: { about: "noReask", period: "P12M" } });
  });
});
