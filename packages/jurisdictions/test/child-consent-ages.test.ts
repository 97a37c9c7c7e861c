import { readFileSync } from "node:fs";
import { childConsentAges, isEeaMember } from "@volenti/jurisdictions";
import { describe, expect, it, test } from "vitest";

const upstream = JSON.parse(
  readFileSync(new URL("../../../test-fixtures/law/child-consent-ages.json", import.meta.url), "utf8"),
) as { gdprArt8: Record<string, number>; other: Record<string, { below: number }> };

const articleEight = childConsentAges.filter(({ regime }) => regime === "gdprArticle8");

describe("ages under GDPR art. 8", () => {
  test.each([
    ["AT", 14], ["BE", 13], ["BG", 14], ["CY", 14], ["CZ", 15], ["DE", 16], ["DK", 15], ["EE", 13], ["ES", 14], ["FI", 13],
    ["FR", 15], ["GR", 15], ["HR", 16], ["HU", 16], ["IE", 16], ["IT", 14], ["LT", 14], ["LU", 16], ["LV", 13], ["MT", 13],
    ["NL", 16], ["PL", 16], ["PT", 13], ["RO", 16], ["SE", 13], ["SI", 15], ["SK", 16], ["GB", 13], ["NO", 13], ["IS", 13],
    ["LI", 16],
  ] as const)("in %s consent needs a parent below %i", (country, below) => {
    expect(articleEight.filter((row) => row.country === country).map((row) => row.below)).toEqual([below]);
    expect(upstream.gdprArt8[country]).toBe(below);
  });

  it("covers every country of the upstream data: the European Economic Area and the United Kingdom", () => {
    expect(articleEight.map(({ country }) => country).toSorted()).toEqual(Object.keys(upstream.gdprArt8).toSorted());
    expect(articleEight.filter(({ country }) => !isEeaMember(country)).map(({ country }) => country)).toEqual(["GB"]);
  });

  it("says that Slovenia, Iceland and Liechtenstein rest on weak sources, and what is proposed in Norway and Spain", () => {
    const weak = articleEight.filter(({ certainty }) => certainty === "C").map(({ country }) => country);
    expect(weak.toSorted()).toEqual(["IS", "LI", "SI"]);
    expect(articleEight.find(({ country }) => country === "NO")?.note).toContain("15");
    expect(articleEight.find(({ country }) => country === "ES")?.note).toContain("16");
  });
});

describe("ages under other laws", () => {
  test.each([
    ["US-COPPA", "US", undefined, "coppa", 13],
    ["US-CCPA", "US", "US-CA", "ccpa", 16],
    ["CN", "CN", undefined, "pipl", 14],
    ["IN", "IN", undefined, "dpdp", 18],
    ["BR", "BR", undefined, "lgpd", 12],
    ["RU", "RU", undefined, "fz152", 14],
  ] as const)("%s", (key, country, subdivision, regime, below) => {
    const rows = childConsentAges.filter((row) => row.regime === regime);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ country, below });
    expect(rows[0]?.subdivision).toBe(subdivision);
    expect(upstream.other[key]?.below).toBe(below);
  });

  it("covers every law of the upstream data", () => {
    expect(childConsentAges.length - articleEight.length).toBe(Object.keys(upstream.other).length);
  });
});
