import { fileKeyring } from "@volenti/node";
import type { MemorySample } from "../file/memory-sample.ts";
import { makeCustomer } from "./make-customer.ts";
import { openBrand } from "./open-brand.ts";

/**
 * A process that collects so many submissions into the org at an address, and tells the one that started it how much
 * memory it holds. Arguments: the address, the folder of the keys, the number of submissions.
 */
const INTERVAL_IN_MS = 100;
const [, , url = "", folder = "", count = "0"] = process.argv;
let written = 0;

function sample(): MemorySample {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  return { written, residentBytes: process.memoryUsage.rss(), peakBytes: maxRSS * 1024, cpuInMicroseconds: userCPUTime + systemCPUTime };
}

/** One after the other, as a file would bring them. */
function* customers(): Generator {
  for (let index = 0; index < Number(count); index += 1) yield makeCustomer(index);
}

const login = { url, clientId: "benchmark", clientSecret: "benchmark" };
const { volenti } = openBrand({ login, keys: fileKeyring(folder), decisionLog: true });
const timer = setInterval(() => void process.send?.(sample()), INTERVAL_IN_MS);
for await (const { outcome } of volenti.collectMany(customers())) {
  if (outcome !== "delivered") throw new Error(`not delivered: ${outcome}`);
  written += 1;
}
clearInterval(timer);
process.send?.(sample());
await volenti.close();
process.disconnect?.();
