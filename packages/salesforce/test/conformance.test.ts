import { describeConformance } from "@volenti/conformance/vitest";
import { createSalesforceHarness } from "./salesforce-harness.ts";

describeConformance({
  name: "salesforce",
  harness: createSalesforceHarness,
  report: new URL("../conformance-report.json", import.meta.url),
  // Only what hangs ends by it, on a busy machine too.
  caseTimeoutInMs: 120_000,
});
