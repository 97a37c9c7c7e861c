import { runCommandLine } from "@volenti/cli";
import { countWritten } from "./discarding-configuration.ts";
import type { MemorySample } from "./memory-sample.ts";

const INTERVAL_IN_MS = 100;

/** The `volenti` command, which tells the process that started it how much memory it holds. */
function sample(): MemorySample {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  return {
    written: countWritten(),
    residentBytes: process.memoryUsage.rss(),
    peakBytes: maxRSS * 1024,
    cpuInMicroseconds: userCPUTime + systemCPUTime,
  };
}

const timer = setInterval(() => void process.send?.(sample()), INTERVAL_IN_MS);
process.exitCode = await runCommandLine({ arguments: process.argv.slice(2) });
clearInterval(timer);
process.send?.(sample());
