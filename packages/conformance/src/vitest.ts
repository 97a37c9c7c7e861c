import { afterAll, beforeAll, describe, it } from "vitest";
import { CONFORMANCE_CASES } from "./cases/conformance-cases.ts";
import type { ConformanceHarness } from "./conformance-harness.ts";
import { compareWithCommitted } from "./report/committed-report.ts";
import { toPassed, type CaseResult } from "./report/conformance-report.ts";
import { openRun, type ConformanceRun } from "./run/open-run.ts";
import { DEFAULT_CASE_TIMEOUT_IN_MS, toReport } from "./run/run-conformance.ts";

/** What the kit's cases may be told as tests of vitest. */
export interface DescribeConformanceOptions {
  /** Makes the harness before the first case. */
  harness: () => ConformanceHarness | Promise<ConformanceHarness>;
  /** The name of the suite. */
  name: string;
  /** The committed report to compare with; rewritten where `UPDATE_CONFORMANCE_REPORT` is `1`. Absent: none is compared. */
  report?: URL | undefined;
  /** Default 30 000. */
  caseTimeoutInMs?: number | undefined;
}

/** Registers every case as a vitest test, and one that compares the report with the committed one. */
export function describeConformance(options: DescribeConformanceOptions): void {
  const { name, report, caseTimeoutInMs = DEFAULT_CASE_TIMEOUT_IN_MS } = options;
  describe(name, () => {
    let harness: ConformanceHarness;
    let run: ConformanceRun;
    const results: CaseResult[] = [];
    beforeAll(async () => {
      harness = await options.harness();
      run = await openRun({ harness, caseTimeoutInMs });
    }, caseTimeoutInMs);
    afterAll(async () => run?.close(), caseTimeoutInMs);
    for (const conformanceCase of CONFORMANCE_CASES) {
      const { id, title } = conformanceCase;
      it(`${id}: ${title}`, { timeout: caseTimeoutInMs + 1000 }, async (test) => {
        const reason = run.skipReason(conformanceCase);
        if (reason !== undefined) {
          results.push({ id, outcome: "skipped", reason });
          test.skip(reason);
        }
        try {
          results.push(toPassed({ id, bounded: await run.runCase(conformanceCase) }));
        } catch (error) {
          results.push({ id, outcome: "failed", reason: error instanceof Error ? error.message : "threw what is no error" });
          throw error;
        }
      });
    }
    if (report === undefined) return;
    it("the report is the committed one", async (test) => {
      // Under a filter the report would be a part of itself.
      if (results.length < CONFORMANCE_CASES.length) test.skip("not every case was run");
      const update = process.env["UPDATE_CONFORMANCE_REPORT"] === "1";
      await compareWithCommitted({ report: toReport({ harness, run, results }), file: report, update });
    });
  });
}
