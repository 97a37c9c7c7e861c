import { PGlite } from "@electric-sql/pglite";
import { createVolenti, defineConfig } from "@volenti/core";
import { createMemoryConnector } from "@volenti/memory";
import { createRegionalStore, type PostgresPool } from "@volenti/regional-store";
import { configureBrand } from "./configure-brand.ts";
import { createKeyring } from "./create-keyring.ts";

/** Everything that the store keeps, but not that it is provisioned. Faster than TRUNCATE, which makes files anew. */
const EMPTY = `
do $empty$
declare
  relation text;
begin
  for relation in select c.relname from pg_catalog.pg_class c
    where c.relnamespace = 'volenti'::regnamespace and c.relkind = 'r' and c.relname not in ('migration', 'migration_lock')
  loop
    execute format('delete from volenti.%I', relation);
  end loop;
end
$empty$`;

/** Starting one takes seconds and hundreds of megabytes: a thread starts one, for all its runs. */
let started: Promise<PGlite> | undefined;

/** The thread's PostgreSQL, provisioned as a store and empty. One run at a time. */
export async function openEmbeddedDatabase(): Promise<PGlite> {
  started ??= startDatabase();
  const database = await started;
  await database.exec("rollback; reset role");
  await database.exec(EMPTY);
  return database;
}

async function startDatabase(): Promise<PGlite> {
  const database = await PGlite.create();
  holdTimers(database);
  const pool: PostgresPool = {
    connect: async () => ({
      query: async (statement) => ({ rows: (await database.exec(statement)).at(-1)?.rows ?? [] }),
      release: () => {},
    }),
  };
  const ru = createRegionalStore({ url: "postgres://simulated", pool, region: "RU" });
  const others = { eu: createMemoryConnector({ region: "EU", transferMechanism: "standardContractualClauses" }), crm: createMemoryConnector({ region: "EU", transferMechanism: "standardContractualClauses", ledger: false }) };
  const volenti = createVolenti(defineConfig(configureBrand({ destinations: { ru, ...others }, keys: createKeyring() })));
  await volenti.destinations.get("ru")?.provisioning?.apply();
  await volenti.close();
  return database;
}

/**
 * PostgreSQL arms a timer for `statement_timeout`, and arms it again by the machine's clock when it went off too early: on
 * the time of a run, for ever. Its statements take no time there, so that it needs none.
 */
function holdTimers(database: PGlite): void {
  const perform = database.execProtocolRawSync.bind(database);
  database.execProtocolRawSync = (message) => {
    const { setTimeout: current } = globalThis;
    Object.assign(globalThis, { setTimeout: () => 0 });
    try {
      return perform(message);
    } finally {
      Object.assign(globalThis, { setTimeout: current });
    }
  };
}
