import { CONFORMANCE_CASES, runConformance } from "@volenti/conformance";
import { describe, expect, test } from "vitest";
import { createMutantHarness } from "./mutant-harness.ts";
import { MUTANTS } from "./mutants.ts";

function isBounded(id: string): boolean {
  return id.startsWith("staleness/every-order") || id === "staleness/two-then-one" || id === "staleness/all-in-one-item" || id === "replay/in-between-in-every-order";
}

describe("deliberately wrong adapters", () => {
  for (const mutant of MUTANTS) {
    test(`is caught: ${mutant.name}`, async () => {
      const cases = CONFORMANCE_CASES.filter(({ id }) => mutant.caughtBy.includes(id));
      expect(cases.map(({ id }) => id).toSorted()).toEqual(mutant.caughtBy.toSorted());
      expect(cases.length).toBeGreaterThan(0);
      // What waits for ever in a wrong adapter need not be waited for.
      const caseTimeoutInMs = cases.some(({ fault }) => fault === "stalled") ? 500 : 20_000;
      const report = await runConformance({ harness: createMutantHarness(mutant), cases, caseTimeoutInMs });
      expect(report.cases.map(({ id, outcome }) => ({ id, outcome }))).toEqual(cases.map(({ id }) => ({ id, outcome: "failed" })));
    });
  }

  // A slow system is shown fewer orders of arrival; what is wrong with them must show all the same.
  for (const mutant of MUTANTS.filter(({ caughtBy }) => caughtBy.some(isBounded))) {
    test(`is caught at a slow pace, too: ${mutant.name}`, async () => {
      const cases = CONFORMANCE_CASES.filter(({ id }) => isBounded(id) && mutant.caughtBy.includes(id));
      const report = await runConformance({ harness: { ...createMutantHarness(mutant), pace: "slow" }, cases });
      expect(report.cases.map(({ outcome }) => outcome)).toEqual(cases.map(() => "failed"));
    });
  }

  test("every case catches one of them", () => {
    const catching = new Set(MUTANTS.flatMap(({ caughtBy }) => caughtBy));
    expect(CONFORMANCE_CASES.map(({ id }) => id).filter((id) => !catching.has(id))).toEqual([]);
  });

  test("no two of them, and no two cases, have one name", () => {
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
    expect(new Set(CONFORMANCE_CASES.map(({ id }) => id)).size).toBe(CONFORMANCE_CASES.length);
  });
});
