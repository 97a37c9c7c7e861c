import { describeConformance } from "@volenti/conformance/vitest";
import { createMemoryHarness } from "./memory-harness.ts";

describeConformance({
  name: "memory",
  harness: () => createMemoryHarness({ ledger: true }),
  report: new URL("../conformance-report.json", import.meta.url),
  // Only what hangs ends by it, on a busy machine too.
  caseTimeoutInMs: 120_000,
});

describeConformance({ name: "memory without ledger", harness: () => createMemoryHarness({ ledger: false }) });
