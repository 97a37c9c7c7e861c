import { describeConformance } from "@volenti/conformance/vitest";
import { createMemoryHarness } from "./memory-harness.ts";

describeConformance({
  name: "memory",
  harness: () => createMemoryHarness({ ledger: true }),
  report: new URL("../conformance-report.json", import.meta.url),
});

describeConformance({ name: "memory without ledger", harness: () => createMemoryHarness({ ledger: false }) });
