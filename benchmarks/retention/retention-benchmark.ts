import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { startPostgresql, type PostgresqlServer } from "../../tools/test-support/start-postgresql.ts";
import type { Benchmark, BenchmarkReport, BenchmarkSettings } from "../benchmark.ts";
import type { MemorySample } from "../file/memory-sample.ts";
import { withTemporaryFolder } from "../input/with-temporary-folder.ts";
import { openQueries } from "../postgresql/postgresql-queries.ts";
import { fillStore } from "./fill-store.ts";
import { reportRetention } from "./report-retention.ts";
import { openScannedShop } from "./scanned-shop.ts";

const SCRIPT = fileURLToPath(new URL("scan-store.ts", import.meta.url));
const PEOPLE = 1_000_000;
const PEOPLE_QUICK = 50_000;

/** What outlived its purpose among a million people in a PostgreSQL of its own, in a process of its own. */
export const retentionBenchmark: Benchmark = {
  name: "retention",
  run: (settings) =>
    withTemporaryFolder(async (folder) => {
      const server = await startPostgresql();
      if (server === null) throw new Error("no PostgreSQL is installed here");
      try {
        return await run({ folder, server, settings });
      } finally {
        await server.stop();
      }
    }),
};

async function run(request: { folder: string; server: PostgresqlServer; settings: BenchmarkSettings }): Promise<BenchmarkReport> {
  const { folder, server, settings } = request;
  const url = await server.createDatabase();
  const people = settings.isQuick ? PEOPLE_QUICK : PEOPLE;
  const volenti = openScannedShop({ url, folder });
  await volenti.destinations.get("shop")?.provisioning?.apply();
  await volenti.close();
  const queries = await openQueries(url);
  const outlived = await fillStore({ queries, people });
  await queries.close();
  settings.tell(`${people} people are in`);
  const startedAt = performance.now();
  const samples = await scan({ url, folder, outlived, tell: settings.tell });
  return reportRetention({ samples, people, seconds: (performance.now() - startedAt) / 1000 });
}

/** Samples in the order of time, the last one of the end; rejects where the scan did not find everybody. */
async function scan(request: { url: string; folder: string; outlived: number; tell: (line: string) => void }): Promise<readonly MemorySample[]> {
  const { url, folder, outlived, tell } = request;
  const samples: MemorySample[] = [];
  const child = fork(SCRIPT, [url, folder, String(outlived)], { execArgv: ["--conditions=@volenti/source"], stdio: ["ignore", "ignore", "inherit", "ipc"] });
  child.on("message", (message) => {
    const sample = message as MemorySample;
    samples.push(sample);
    if (samples.length % 50 === 0) tell(`${sample.written} people, ${Math.round(sample.residentBytes / 1_000_000)} MB`);
  });
  const end = (): void => void child.kill();
  process.once("exit", end);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  process.off("exit", end);
  if (code !== 0) throw new Error(`the scan ended with ${code}`);
  return samples;
}
