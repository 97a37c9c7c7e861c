import type { BenchmarkReport } from "../benchmark.ts";
import type { MemorySample } from "../file/memory-sample.ts";
import { residentAround } from "../measure/resident-around.ts";

const MEGABYTE = 1_000_000;
/** How far the memory may be above that of the first quarter and still be called flat: the collector's own swing. */
const MOST_GROWTH = 1.1;
const QUARTERS = [0.25, 0.5, 0.75, 1] as const;

/** `seconds`: from the start of the process to its end. */
export function reportRetention(request: { samples: readonly MemorySample[]; people: number; seconds: number }): BenchmarkReport {
  const { samples, people, seconds } = request;
  const last = samples.at(-1);
  if (last === undefined) throw new Error("no sample, no figure");
  const atQuarters = QUARTERS.map((share) => residentAround({ samples, written: people * share, width: people / 10 }));
  const [first = 0, ...later] = atQuarters;
  const growth = Math.max(...later) / first;
  const told = { beside: null, ratio: null, target: null, met: null };
  return {
    figures: [
      { name: "retention.rate", what: `what outlived its purpose among ${people.toLocaleString("en")} people in PostgreSQL, one in a hundred of them`, value: people / seconds, unit: "people/s", ...told },
      { name: "retention.peak", what: "the most memory of that process (RSS)", value: last.peakBytes / MEGABYTE, unit: "MB", ...told },
      {
        name: "retention.flat",
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
      { what: "CPU of the process", value: last.cpuInMicroseconds / people, unit: "µs/person" },
    ],
  };
}
