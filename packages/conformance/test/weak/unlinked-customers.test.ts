import { CONFORMANCE_CASES, runConformance } from "@volenti/conformance";
import { expect, test } from "vitest";
import { createMemoryHarness } from "../support/memory-harness.ts";
import { addUnlinked, createConnectorWithCustomers } from "./unlinked-customers.ts";

test("a system that had customers before us passes where it tells them from nobody; without a way to put one there the case is skipped", async () => {
  const harness = createMemoryHarness({ name: "with customers", connect: createConnectorWithCustomers });
  const cases = CONFORMANCE_CASES.filter(({ id }) => id.startsWith("find/") || id.startsWith("overview/"));
  const report = await runConformance({ harness: { ...harness, addUnlinked: ({ identifier }) => addUnlinked({ system: harness.system, identifier }) }, cases });
  expect(report.cases.filter(({ outcome }) => outcome === "failed")).toEqual([]);
  expect(report.cases).toContainEqual({ id: "find/who-is-not-linked-is-not-nobody", outcome: "passed" });
  const without = await runConformance({ harness, cases });
  expect(without.cases).toContainEqual({ id: "find/who-is-not-linked-is-not-nobody", outcome: "skipped", reason: "harness: adds no customer past the connector" });
});
