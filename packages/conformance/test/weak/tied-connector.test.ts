import { runConformance } from "@volenti/conformance";
import { expect, test } from "vitest";
import { createMemoryHarness } from "../support/memory-harness.ts";
import { createTiedConnector } from "./tied-connector.ts";

test("a connector to a system that cannot compare ids passes by what it says of ties", async () => {
  const report = await runConformance({ harness: createMemoryHarness({ name: "tied", connect: createTiedConnector }) });
  expect(report.cases.filter(({ outcome }) => outcome === "failed")).toEqual([]);
  expect(report.traits).toMatchObject({ decisionTies: "keepsFirstGrant", profileTies: "lastWrite" });
});
