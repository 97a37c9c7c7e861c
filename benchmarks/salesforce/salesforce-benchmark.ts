import { fileKeyring } from "@volenti/node";
import type { Benchmark, BenchmarkReport, BenchmarkSettings } from "../benchmark.ts";
import { withTemporaryFolder } from "../input/with-temporary-folder.ts";
import { compareSpeed } from "./compare-speed.ts";
import { countCalls } from "./count-calls.ts";
import { countLoneCalls } from "./count-lone-calls.ts";
import { reportCalls } from "./report-calls.ts";
import { reportMemory } from "./report-memory.ts";
import { reportSpeed } from "./report-speed.ts";
import { sampleMemory } from "./sample-memory.ts";
import { startAcceptingOrg } from "./start-accepting-org.ts";

/** The targets are of a thousand. */
const CUSTOMERS = 1000;

interface Part {
  readonly folder: string;
  readonly settings: BenchmarkSettings;
}

/** What Salesforce costs: calls of the day beside jsforce's, then speed and memory against an org that accepts everything. */
export const salesforceBenchmark: Benchmark = {
  name: "salesforce",
  run: (settings) =>
    withTemporaryFolder(async (folder) => {
      const reports = [await measureSpeed({ folder, settings }), await measureMemory({ folder, settings }), await measureCalls({ folder, settings })];
      return { figures: reports.flatMap(({ figures }) => figures), breakdown: reports.flatMap(({ breakdown }) => breakdown) };
    }),
};

async function measureCalls({ folder, settings }: Part): Promise<BenchmarkReport> {
  const { tell } = settings;
  const keys = fileKeyring(folder);
  const withLog = await countCalls({ keys, customers: CUSTOMERS, decisionLog: true, tell });
  const withoutLog = await countCalls({ keys, customers: CUSTOMERS, decisionLog: false, tell });
  return reportCalls({ customers: CUSTOMERS, withLog, withoutLog, lone: await countLoneCalls({ keys }) });
}

async function measureSpeed({ folder, settings }: Part): Promise<BenchmarkReport> {
  const { isQuick, tell } = settings;
  const org = await startAcceptingOrg();
  try {
    const size = isQuick ? { batches: 1, rounds: 5 } : { batches: 4, rounds: 25 };
    return reportSpeed(await compareSpeed({ login: org.login, keys: fileKeyring(folder), ...size, tell }));
  } finally {
    await org.stop();
  }
}

async function measureMemory({ folder, settings }: Part): Promise<BenchmarkReport> {
  const { isQuick, tell } = settings;
  const submissions = isQuick ? 20_000 : 100_000;
  const org = await startAcceptingOrg();
  try {
    const startedAt = performance.now();
    const samples = await sampleMemory({ url: org.login.url, folder, submissions, tell });
    return reportMemory({ samples, submissions, seconds: (performance.now() - startedAt) / 1000 });
  } finally {
    await org.stop();
  }
}
