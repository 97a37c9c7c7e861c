import { describeConformance } from "@volenti/conformance/vitest";
import { createTemplateHarness } from "./template-harness.ts";

describeConformance({
  name: "template",
  harness: createTemplateHarness,
  report: new URL("../conformance-report.json", import.meta.url),
});
