import { CONFORMANCE_CASES, runConformance } from "@volenti/conformance";
import type { ConnectorV1 } from "@volenti/core/adapter";
import { createMemoryConnector, type MemorySystem } from "@volenti/memory";
import { expect, test } from "vitest";
import { createMemoryHarness } from "../support/memory-harness.ts";

/** An honest connector that can prove itself by writing, and knows what it costs. */
function createSelfTestingConnector(system: MemorySystem): ConnectorV1 {
  const memory = createMemoryConnector({ region: "EU", system });
  return {
    ...memory,
    selfTest: () => memory.checkConnection(),
    estimateCalls: ({ people }) => ({ calls: Math.ceil(people / 200), dailyLimit: 15_000 }),
  };
}

test("an honest test by writing and an honest estimate pass", async () => {
  const harness = createMemoryHarness({ name: "self-testing", connect: createSelfTestingConnector });
  const cases = CONFORMANCE_CASES.filter(({ id }) => id.startsWith("self-test/"));
  const report = await runConformance({ harness, cases });
  expect(report.cases).toEqual(cases.map(({ id }) => ({ id, outcome: "passed" })));
});
