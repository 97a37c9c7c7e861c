import { breachDuties, residencyRules } from "@volenti/jurisdictions";
import { expect, test } from "vitest";

test("every duty has an id of its own, a source, a date and a weight", () => {
  expect(new Set(breachDuties.map(({ id }) => id)).size).toBe(breachDuties.length);
  for (const { source, checkedAt, certainty, condition } of breachDuties) {
    expect([source, condition].every((text) => text.trim() !== "")).toBe(true);
    expect(checkedAt).toMatch(/^\d{4}-\d{2}$/);
    expect("ABC").toContain(certainty);
  }
});

test("a duty without a number says in words by when", () => {
  expect(breachDuties.filter(({ period, note }) => period.amount === null && note === undefined)).toEqual([]);
});

test("every place is a country, a subdivision or a region of the residency rules", () => {
  const places = breachDuties.flatMap((duty) => duty.places);
  expect(places.filter((place) => !(place in residencyRules.regions) && !/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/.test(place))).toEqual([]);
});

test("the GDPR's first duty is the authority's, 72 hours from awareness", () => {
  expect(breachDuties.find(({ id }) => id === "gdpr-authority")?.period).toEqual({ amount: 72, unit: "hours" });
});
