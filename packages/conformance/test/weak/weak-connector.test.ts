import { runConformance } from "@volenti/conformance";
import { expect, test } from "vitest";
import { createMemoryHarness } from "../support/memory-harness.ts";
import { createWeakConnector } from "./weak-connector.ts";

test("a connector of little strength passes by what it declares, and every skip names a facet or a trait", async () => {
  const report = await runConformance({ harness: createMemoryHarness({ name: "weak", connect: createWeakConnector }) });
  expect(report.cases.filter(({ outcome }) => outcome === "failed")).toEqual([]);
  const reasons = report.cases.flatMap((result) => (result.outcome === "skipped" ? [result.reason] : []));
  expect(reasons.length).toBeGreaterThan(10);
  for (const reason of reasons) expect(reason).toMatch(/^(?:facet|trait) \w+: /);
});
