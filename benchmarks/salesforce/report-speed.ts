import type { BenchmarkReport } from "../benchmark.ts";
import { median } from "../measure/median.ts";
import type { SpeedComparison, SpeedRound } from "./compare-speed.ts";

export function reportSpeed({ rounds, rows, bytesARow }: SpeedComparison): BenchmarkReport {
  const of = (pick: (round: SpeedRound) => number): number => median(rounds.map(pick));
  const speed = of(({ adapter, jsforce }) => jsforce.seconds / adapter.seconds);
  const cpu = of(({ adapter, jsforce }) => adapter.cpu / jsforce.cpu);
  return {
    figures: [
      {
        name: "salesforce.rows",
        what: "rows from ready writes into an org that accepts all, the adapter alone",
        value: of(({ adapter }) => rows / adapter.seconds),
        unit: "rows/s",
        beside: { what: "jsforce collections of the same rows, ready made", value: of(({ jsforce }) => rows / jsforce.seconds), unit: "rows/s" },
        peer: "jsforce",
        ratio: speed,
        target: "at least as fast",
        met: speed >= 1,
      },
      {
        name: "salesforce.cpu",
        what: "CPU of this process, the org's left out",
        value: of(({ adapter }) => adapter.cpu / rows),
        unit: "µs/row",
        beside: { what: "jsforce collections", value: of(({ jsforce }) => jsforce.cpu / rows), unit: "µs/row" },
        peer: "jsforce",
        ratio: cpu,
        target: "at most as much",
        met: cpu <= 1,
      },
    ],
    breakdown: [
      { what: "bytes a row, as JSON", value: bytesARow, unit: "bytes" },
      { what: "the adapter: wall-clock time", value: of(({ adapter }) => (adapter.seconds * 1e6) / rows), unit: "µs/row" },
      { what: "jsforce collections: wall-clock time", value: of(({ jsforce }) => (jsforce.seconds * 1e6) / rows), unit: "µs/row" },
    ],
  };
}
