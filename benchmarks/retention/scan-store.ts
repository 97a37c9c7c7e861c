import { createGovernance } from "@volenti/governance";
import type { MemorySample } from "../file/memory-sample.ts";
import { openScannedShop } from "./scanned-shop.ts";

/**
 * A process that lists what outlived its purpose in the store at an address, and tells the one that started it how much
 * memory it holds. Arguments: the address, the folder of the keys, how many people it must find.
 */
const INTERVAL_IN_MS = 100;
const [, , url = "", folder = "", expected = "0"] = process.argv;
let looked = 0;

function sample(): MemorySample {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  return { written: looked, residentBytes: process.memoryUsage.rss(), peakBytes: maxRSS * 1024, cpuInMicroseconds: userCPUTime + systemCPUTime };
}

const volenti = openScannedShop({ url, folder });
const timer = setInterval(() => void process.send?.(sample()), INTERVAL_IN_MS);
let found = 0;
const report = await createGovernance(volenti).retention({
  apply: false,
  onProgress: (people) => {
    looked = people;
  },
  onEntry: () => {
    found += 1;
  },
});
clearInterval(timer);
if (report.outcome !== "complete" || found !== Number(expected)) throw new Error(`found ${found} of ${expected}: ${report.outcome}`);
process.send?.(sample());
await volenti.close();
process.disconnect?.();
