import { describeConformance } from "@volenti/conformance/vitest";
import { createCegidRetailHarness } from "./cegid-retail-harness.ts";

describeConformance({
  name: "cegid-retail",
  harness: createCegidRetailHarness,
  report: new URL("../conformance-report.json", import.meta.url),
  // Only what hangs ends by it, on a busy machine too.
  caseTimeoutInMs: 120_000,
});
