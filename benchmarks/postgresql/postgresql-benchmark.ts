import { createVolenti, type ObservedEvent, type Volenti } from "@volenti/core";
import { fileKeyring } from "@volenti/node";
import { createRegionalStore } from "@volenti/regional-store";
import { startPostgresql, type PostgresqlServer } from "../../tools/test-support/start-postgresql.ts";
import type { Benchmark, BenchmarkReport, BenchmarkSettings } from "../benchmark.ts";
import { deliverAll } from "../input/deliver-all.ts";
import { makeSubmission } from "../input/make-submission.ts";
import { shopConfiguration } from "../input/shop-configuration.ts";
import { withTemporaryFolder } from "../input/with-temporary-folder.ts";
import { createBareTable, type BareTable } from "./bare-table.ts";
import { countRows } from "./count-rows.ts";
import { measureRound } from "./measure-round.ts";
import { openQueries, type PostgresqlQueries } from "./postgresql-queries.ts";
import { reportPostgresql, type PostgresqlRound } from "./report-postgresql.ts";

const BATCH_SIZE = 500;
// While one batch is with the server, another is prepared and a third waits its turn: neither side idles.
const CONCURRENCY = 3;
const BATCHES_A_ROUND = 12;
const WARM_UP_BATCHES = 8;
const OPTIONS = { batchSize: BATCH_SIZE, concurrency: CONCURRENCY };
const MOST_DEVIATION = 0.02;

/** Submissions into a PostgreSQL of its own, beside a bare insert of as many rows that weigh as much. */
export const postgresqlBenchmark: Benchmark = {
  name: "postgresql",
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
  const store = createRegionalStore({ url, region: "EU" });
  const events: ObservedEvent[] = [];
  const configuration = shopConfiguration({ destination: store, keys: fileKeyring(folder), observe: (event) => void events.push(event) });
  const volenti = createVolenti(configuration);
  const [watcher, bareQueries] = [await openQueries(url), await openQueries(await server.createDatabase())];
  try {
    await store.provisioning?.apply();
    return await measure({ volenti, watcher, bareQueries, events, settings });
  } finally {
    await Promise.all([volenti.close(), watcher.close(), bareQueries.close()]);
  }
}

async function measure(request: {
  volenti: Volenti;
  watcher: PostgresqlQueries;
  bareQueries: PostgresqlQueries;
  events: ObservedEvent[];
  settings: BenchmarkSettings;
}): Promise<BenchmarkReport> {
  const { volenti, watcher, bareQueries, events, settings } = request;
  const rounds = settings.isQuick ? 3 : 9;
  const make = createSupply();
  await deliverAll({ volenti, submissions: make(WARM_UP_BATCHES * BATCH_SIZE), options: OPTIONS });
  const stored = await countRows({ queries: watcher, schema: "volenti" });
  const bytesARow = stored.bytes / stored.rows;
  const bare = await createBareTable({ queries: bareQueries, bytesARow });
  await bare.insert(bare.prepare({ rows: stored.rows, batches: WARM_UP_BATCHES }));
  const bareBytesARow = await bare.measureRow();
  if (Math.abs(bareBytesARow / bytesARow - 1) > MOST_DEVIATION) throw new Error("the bare rows do not weigh what the store's do");
  events.length = 0;
  const measured: PostgresqlRound[] = [];
  for (let round = 0; round < rounds; round += 1) {
    measured.push(await runRound({ volenti, watcher, bare, submissions: make(BATCHES_A_ROUND * BATCH_SIZE) }));
    const { store, submissions } = measured.at(-1) ?? {};
    settings.tell(`round ${round + 1} of ${rounds}: ${Math.round((submissions ?? 0) / (store?.seconds ?? 1))} submissions a second`);
  }
  return reportPostgresql({ rounds: measured, events, bytesARow });
}

/** Every submission once: a replay would cost less. */
function createSupply(): (count: number) => readonly unknown[] {
  let next = 0;
  return (count) => Array.from({ length: count }, () => makeSubmission(next++));
}

async function runRound(request: {
  volenti: Volenti;
  watcher: PostgresqlQueries;
  bare: BareTable;
  submissions: readonly unknown[];
}): Promise<PostgresqlRound> {
  const { volenti, watcher, bare, submissions } = request;
  const before = await countRows({ queries: watcher, schema: "volenti" });
  const store = await measureRound({
    watcher,
    work: () => deliverAll({ volenti, submissions, options: OPTIONS }),
  });
  const rows = (await countRows({ queries: watcher, schema: "volenti" })).rows - before.rows;
  const batches = bare.prepare({ rows, batches: BATCHES_A_ROUND });
  const bareCost = await measureRound({ watcher, work: () => bare.insert(batches) });
  return { submissions: submissions.length, batches: BATCHES_A_ROUND, rows, store, bare: bareCost };
}
