import { parseArgs } from "node:util";
import type { Benchmark } from "./benchmark.ts";
import { cegidRetailBenchmark } from "./cegid-retail/cegid-retail-benchmark.ts";
import { erasureBenchmark } from "./erasure/erasure-benchmark.ts";
import { fileBenchmark } from "./file/file-benchmark.ts";
import { pipelineBenchmark } from "./pipeline/pipeline-benchmark.ts";
import { postgresqlBenchmark } from "./postgresql/postgresql-benchmark.ts";
import { toPeerTable } from "./report/peer-table.ts";
import { toTable } from "./report/to-table.ts";
import { writeResults, type NamedReport } from "./report/write-results.ts";
import { releaseBenchmark } from "./release/release-benchmark.ts";
import { retentionBenchmark } from "./retention/retention-benchmark.ts";
import { salesforceBenchmark } from "./salesforce/salesforce-benchmark.ts";
import { showBenchmark } from "./show/show-benchmark.ts";
import { verifyBenchmark } from "./verify/verify-benchmark.ts";

const BENCHMARKS: readonly Benchmark[] = [pipelineBenchmark, releaseBenchmark, postgresqlBenchmark, fileBenchmark, retentionBenchmark, salesforceBenchmark, cegidRetailBenchmark, showBenchmark, erasureBenchmark, verifyBenchmark];
const EXIT_CODE = { met: 0, missed: 1, usage: 2 } as const;

/** Answers the exit code: 1 where a target was missed or could not be measured. */
async function runBenchmarks(programArguments: readonly string[]): Promise<number> {
  const chosen = readArguments(programArguments);
  if (chosen === null) {
    const names = BENCHMARKS.map(({ name }) => name).join("|");
    process.stderr.write(`usage: npm run bench -- [--only ${names}] [--quick]\n`);
    return EXIT_CODE.usage;
  }
  const { benchmarks, isQuick } = chosen;
  const reports: NamedReport[] = [];
  let failures = 0;
  for (const benchmark of benchmarks) {
    const { name } = benchmark;
    const tell = (line: string): void => void process.stderr.write(`${name}: ${line}\n`);
    try {
      reports.push({ name, report: await benchmark.run({ isQuick, tell }) });
    } catch (error) {
      failures += 1;
      tell(`not measured: ${error instanceof Error ? (error.stack ?? error.message) : "unknown failure"}`);
    }
  }
  const measured = reports.map(({ report }) => report);
  process.stdout.write(`${toTable(measured)}${toPeerTable(measured)}`);
  await writeResults({ reports, isQuick });
  const isMissed = reports.some(({ report }) => report.figures.some(({ met }) => met === false));
  return failures > 0 || isMissed ? EXIT_CODE.missed : EXIT_CODE.met;
}

function readArguments(programArguments: readonly string[]): { benchmarks: readonly Benchmark[]; isQuick: boolean } | null {
  try {
    const options = { only: { type: "string", multiple: true }, quick: { type: "boolean", default: false } } as const;
    const { values } = parseArgs({ args: [...programArguments], options, strict: true });
    const { only, quick } = values;
    if (only === undefined) return { benchmarks: BENCHMARKS, isQuick: quick };
    const benchmarks = BENCHMARKS.filter(({ name }) => only.includes(name));
    return benchmarks.length === new Set(only).size ? { benchmarks, isQuick: quick } : null;
  } catch {
    return null;
  }
}

process.exitCode = await runBenchmarks(process.argv.slice(2));
