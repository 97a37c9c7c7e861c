import { CONFORMANCE_CASES } from "../cases/conformance-cases.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import type { ConformanceHarness } from "../conformance-harness.ts";
import { toPassed, type CaseResult, type ConformanceReport } from "../report/conformance-report.ts";
import { OPTIONAL_FACETS, openRun, type ConformanceRun } from "./open-run.ts";

/** What a run of the kit may be told. */
export interface RunConformanceOptions {
  harness: ConformanceHarness;
  /** Default {@link CONFORMANCE_CASES}. */
  cases?: readonly ConformanceCase[] | undefined;
  /** Default 30 000. */
  caseTimeoutInMs?: number | undefined;
}

export const DEFAULT_CASE_TIMEOUT_IN_MS = 30_000;

/** Runs the cases one after another, under no test runner. Resolves with the report, also when cases fail. */
export async function runConformance(options: RunConformanceOptions): Promise<ConformanceReport> {
  const { harness, cases = CONFORMANCE_CASES, caseTimeoutInMs = DEFAULT_CASE_TIMEOUT_IN_MS } = options;
  const run = await openRun({ harness, caseTimeoutInMs });
  try {
    const results: CaseResult[] = [];
    for (const conformanceCase of cases) results.push(await judge({ run, conformanceCase }));
    return toReport({ harness, run, results });
  } finally {
    await run.close();
  }
}

async function judge(request: { run: ConformanceRun; conformanceCase: ConformanceCase }): Promise<CaseResult> {
  const { run, conformanceCase } = request;
  const { id } = conformanceCase;
  const reason = run.skipReason(conformanceCase);
  if (reason !== undefined) return { id, outcome: "skipped", reason };
  try {
    return toPassed({ id, bounded: await run.runCase(conformanceCase) });
  } catch (error) {
    return { id, outcome: "failed", reason: error instanceof Error ? error.message : "threw what is no error" };
  }
}

export function toReport(request: {
  harness: ConformanceHarness;
  run: Pick<ConformanceRun, "connector">;
  results: readonly CaseResult[];
}): ConformanceReport {
  const { harness, run, results } = request;
  const { connector } = run;
  return {
    harness: harness.name,
    connectorId: connector.connectorId,
    facets: OPTIONAL_FACETS.filter((facet) => connector[facet] !== undefined),
    traits: connector.traits,
    cases: results,
  };
}
