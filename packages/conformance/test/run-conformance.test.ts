import { CONFORMANCE_CASES, runConformance, type ConformanceCase } from "@volenti/conformance";
import { createMemoryConnector } from "@volenti/memory";
import { expect, test } from "vitest";
import { createMemoryHarness } from "./support/memory-harness.ts";

function memoryHarness(): ReturnType<typeof createMemoryHarness> {
  return createMemoryHarness({ name: "memory", connect: (system) => createMemoryConnector({ region: "EU", system }) });
}

function caseOf(request: Partial<ConformanceCase>): ConformanceCase {
  return { id: "test/case", title: "a case of this test", run: async () => {}, ...request };
}

test("a report names the connector, its facets and traits, and is the same each time", async () => {
  const cases = CONFORMANCE_CASES.filter(({ id }) => id.startsWith("traits/") || id.startsWith("find/"));
  const [first, second] = [await runConformance({ harness: memoryHarness(), cases }), await runConformance({ harness: memoryHarness(), cases })];
  expect(JSON.stringify(first)).toBe(JSON.stringify(second));
  expect(first).toMatchObject({ harness: "memory", connectorId: "memory", facets: ["ledger", "consentHistory", "erasure", "provisioning", "custody", "population", "overview", "recordIds", "checkpoints", "followUps"] });
  expect(first.cases.map(({ outcome }) => outcome)).toContain("skipped");
});

test("every skip says which facet, trait, fault or probe excuses it", async () => {
  const harness = { ...memoryHarness(), faults: undefined };
  const cases = [
    caseOf({ id: "test/facet", facet: "changeFeed" }),
    caseOf({ id: "test/fault", fault: "stalled" }),
    caseOf({ id: "test/trait", skip: ({ traits }) => `trait maxBatchSize: ${traits.maxBatchSize}` }),
  ];
  const report = await runConformance({ harness, cases });
  expect(report.cases).toEqual([
    { id: "test/facet", outcome: "skipped", reason: "facet changeFeed: absent" },
    { id: "test/fault", outcome: "skipped", reason: "fault stalled: not offered by the harness" },
    { id: "test/trait", outcome: "skipped", reason: "trait maxBatchSize: 500" },
  ]);
});

test("a case that does not end fails, and the next one is run", async () => {
  const cases = [caseOf({ id: "test/hangs", run: () => new Promise(() => {}) }), caseOf({ id: "test/next" })];
  const report = await runConformance({ harness: memoryHarness(), cases, caseTimeoutInMs: 20 });
  expect(report.cases).toEqual([
    { id: "test/hangs", outcome: "failed", reason: "the case did not end within 20 ms" },
    { id: "test/next", outcome: "passed" },
  ]);
});

test("faults are cleared and further connectors closed after each case, also after one that fails", async () => {
  const harness = memoryHarness();
  const cases = [
    caseOf({
      id: "test/leaves-a-mess",
      run: async ({ connect, faults }) => {
        const further = await connect();
        await further.checkConnection();
        await faults.unavailable?.();
        throw new Error("on purpose");
      },
    }),
    caseOf({
      id: "test/finds-none",
      run: async ({ connector }) => {
        await connector.checkConnection();
        expect(await harness.probe.countConnections?.()).toBe(1);
      },
    }),
  ];
  const report = await runConformance({ harness, cases });
  expect(report.cases.map(({ outcome }) => outcome)).toEqual(["failed", "passed"]);
  expect(await harness.probe.countConnections?.()).toBe(0);
});

test("any order of the cases gives the same outcomes", async () => {
  const light = CONFORMANCE_CASES.filter(({ id }) => !/every-order|all-in-one|two-then-one|in-between/.test(id));
  const reversed = await runConformance({ harness: memoryHarness(), cases: light.toReversed() });
  expect(reversed.cases.filter(({ outcome }) => outcome === "failed")).toEqual([]);
});

test("at a slow pace a case that tries hundreds of orders tries an even sample of them, and the report says how many", async () => {
  const calls: number[] = [];
  for (const pace of ["fast", "slow"] as const) {
    const harness = { ...memoryHarness(), pace };
    const cases = CONFORMANCE_CASES.filter(({ id }) => id === "staleness/every-order-of-four" || id === "staleness/the-greater-id-stands");
    const report = await runConformance({ harness, cases });
    const bounded = pace === "slow" ? { bounded: ["120 of 840 orders of arrival"] } : {};
    expect(report.cases).toEqual([
      { id: "staleness/every-order-of-four", outcome: "passed", ...bounded },
      { id: "staleness/the-greater-id-stands", outcome: "passed" },
    ]);
    calls.push((await harness.probe.countCalls?.()) ?? 0);
  }
  expect(calls[1]).toBeLessThan((calls[0] ?? 0) / 5);
});

test("a harness whose dropped answer belongs to a write that never landed is told so", async () => {
  const harness = memoryHarness();
  const faults = { clear: () => harness.faults?.clear(), dropAfterApply: () => harness.faults?.dropBeforeApply?.() };
  const cases = CONFORMANCE_CASES.filter(({ id }) => id === "errors/lost-answer-is-unknown");
  const report = await runConformance({ harness: { ...harness, faults }, cases });
  const reason = "the harness's fault dropAfterApply applied nothing: it must let the write land, and break the connection before its answer";
  expect(report.cases).toEqual([{ id: "errors/lost-answer-is-unknown", outcome: "failed", reason }]);
});

test("a rejection that nobody handles fails the case it happened in, by name and without its message, and no other", async () => {
  const cases = [
    caseOf({ id: "test/rejects-aside", run: async () => void Promise.reject(new RangeError("kit@example.com")) }),
    caseOf({ id: "test/handles-its-own", run: async () => Promise.reject(new RangeError("aside")).catch(() => {}) }),
  ];
  const listeners = process.listeners("unhandledRejection");
  const report = await runConformance({ harness: memoryHarness(), cases });
  expect(report.cases).toEqual([
    { id: "test/rejects-aside", outcome: "failed", reason: 'the rejections that nobody handled: expected [], got ["RangeError"]' },
    { id: "test/handles-its-own", outcome: "passed" },
  ]);
  expect(process.listeners("unhandledRejection")).toEqual(listeners);
});
