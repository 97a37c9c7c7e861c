import { CONFORMANCE_CASES, createTestKeyring, runConformance } from "@volenti/conformance";
import { expect, test } from "vitest";
import { createMemoryHarness } from "../support/memory-harness.ts";
import { createWrappingConnector } from "./wrapping-connector.ts";

test("an honest connector that wraps data keys passes, its erasures and profiles included", async () => {
  const harness = createMemoryHarness({ name: "wrapping", connect: (system) => createWrappingConnector(system) });
  const cases = CONFORMANCE_CASES.filter(({ id }) => /^(?:rewrapping|erasure|profile)\//.test(id));
  const report = await runConformance({ harness, cases });
  expect(report.facets).toContain("rewrapping");
  expect(report.cases.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
});

test("a keyring that cannot be rotated is an excuse, and the report says so", async () => {
  const { describe, sign, signingKeyId, mac, wrap, unwrap } = createTestKeyring();
  const keyring = { describe, sign, signingKeyId, mac, wrap, unwrap };
  const harness = { ...createMemoryHarness({ name: "fixed", connect: (system) => createWrappingConnector(system) }), context: { keyring } };
  const cases = CONFORMANCE_CASES.filter(({ id }) => id.startsWith("rewrapping/"));
  const report = await runConformance({ harness, cases });
  expect(report.cases).toEqual(cases.map(({ id }) => ({ id, outcome: "skipped", reason: "keyring: the harness's cannot be rotated" })));
});
