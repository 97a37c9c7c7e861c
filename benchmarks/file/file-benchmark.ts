import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Benchmark, BenchmarkReport, BenchmarkSettings } from "../benchmark.ts";
import { withTemporaryFolder } from "../input/with-temporary-folder.ts";
import { residentAround } from "../measure/resident-around.ts";
import type { MemorySample } from "./memory-sample.ts";
import { runCommand } from "./run-command.ts";
import { writeInput } from "./write-input.ts";

const MEGABYTE = 1_000_000;
const MOST_MEGABYTES = 200;
/** How far the memory may be above that of the first quarter and still be called flat: the collector's own swing. */
const MOST_GROWTH = 1.1;
const QUARTERS = [0.25, 0.5, 0.75, 1] as const;

/** A file through `volenti collect --json` as its own process, into a destination that discards. */
export const fileBenchmark: Benchmark = {
  name: "file",
  run: (settings) => withTemporaryFolder((folder) => run({ folder, settings })),
};

async function run(request: { folder: string; settings: BenchmarkSettings }): Promise<BenchmarkReport> {
  const { folder, settings } = request;
  const lines = settings.isQuick ? 50_000 : 1_000_000;
  const input = join(folder, "input.ndjson");
  const configuration = join(folder, "volenti.config.mjs");
  settings.tell(`writing ${lines} lines`);
  await writeInput({ path: input, lines });
  await writeFile(configuration, configurationText());
  let told = 0;
  const startedAt = performance.now();
  const samples = await runCommand({
    commandArguments: ["collect", input, "--json", "--config", configuration],
    onSample: ({ written, residentBytes }) => {
      if (written < told + lines / 20) return;
      told = written;
      settings.tell(`${written} lines, ${Math.round(residentBytes / MEGABYTE)} MB`);
    },
  });
  return report({ samples, lines, seconds: (performance.now() - startedAt) / 1000 });
}

/** The folder of the configuration has no packages; what it exports is therefore made here. */
function configurationText(): string {
  const module = new URL("discarding-configuration.ts", import.meta.url);
  return `import { discardingConfiguration } from ${JSON.stringify(module.href)};\nexport default discardingConfiguration();\n`;
}

function report(request: { samples: readonly MemorySample[]; lines: number; seconds: number }): BenchmarkReport {
  const { samples, lines, seconds } = request;
  const last = samples.at(-1);
  if (last === undefined || last.written !== lines) throw new Error("the command did not deliver every line");
  const atQuarters = QUARTERS.map((share) => residentAround({ samples, written: lines * share, width: lines / 20 }));
  const [first = 0, ...later] = atQuarters;
  const growth = Math.max(...later) / first;
  const peak = last.peakBytes / MEGABYTE;
  return {
    figures: [
      { name: "file.rate", what: `${lines.toLocaleString("en")} lines through volenti collect --json`, value: lines / seconds, unit: "lines/s", beside: null, ratio: null, target: null, met: null },
      { name: "file.peak", what: "the most memory of that process (RSS)", value: peak, unit: "MB", beside: null, ratio: peak / MOST_MEGABYTES, target: `under ${MOST_MEGABYTES} MB`, met: peak < MOST_MEGABYTES },
      {
        name: "file.flat",
        what: "memory (RSS), the highest of 50 %, 75 % and 100 %",
        value: Math.max(...later) / MEGABYTE,
        unit: "MB",
        beside: { what: "at 25 %", value: first / MEGABYTE, unit: "MB" },
        ratio: growth,
        target: `at most ${MOST_GROWTH} times`,
        met: growth <= MOST_GROWTH,
      },
    ],
    breakdown: [
      ...QUARTERS.map((share, index) => ({ what: `memory (RSS) at ${share * 100} %`, value: (atQuarters[index] ?? 0) / MEGABYTE, unit: "MB" })),
      { what: "CPU of the process", value: last.cpuInMicroseconds / lines, unit: "µs/line" },
    ],
  };
}
