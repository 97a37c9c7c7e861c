export { CONFORMANCE_CASES } from "./cases/conformance-cases.ts";
export type { ConformanceCase, OptionalFacet, SkipSubject } from "./conformance-case.ts";
export type {
  ConformanceFaultName,
  ConformanceFaults,
  ConformanceHarness,
  ConformanceProbe,
  ProbedDecision,
  ProbedState,
} from "./conformance-harness.ts";
export { ConformanceFailure } from "./assertions/conformance-failure.ts";
export type { CaseResult, ConformanceReport } from "./report/conformance-report.ts";
export type { CaseContext } from "./run/case-context.ts";
export { openRun } from "./run/open-run.ts";
export type { ConformanceRun } from "./run/open-run.ts";
export { runConformance } from "./run/run-conformance.ts";
export type { RunConformanceOptions } from "./run/run-conformance.ts";
export { createTestCatalogue } from "./world/test-catalogue.ts";
export { createTestClock } from "./world/test-clock.ts";
export type { TestClock } from "./world/test-clock.ts";
export { createTestKeyring } from "./world/test-keyring.ts";
export type { TestKeyring } from "./world/test-keyring.ts";
