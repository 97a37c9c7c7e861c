import { Pool } from "pg";

/** One connection, on which every statement is prepared under its name. */
export interface PostgresqlQueries {
  run(request: { name: string; text: string; values: readonly unknown[] }): Promise<readonly Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** What is used of a client of `pg`: https://node-postgres.com/features/queries#prepared-statements */
interface PreparingClient {
  query(statement: { name: string; text: string; values: readonly unknown[] }): Promise<{ rows: Record<string, unknown>[] }>;
  release(): void;
}

export async function openQueries(url: string): Promise<PostgresqlQueries> {
  const pool = new Pool({
    connectionString: url,
    max: 1,
    connectionTimeoutMillis: 10_000,
    application_name: "volenti-benchmark",
    keepAlive: true,
    allowExitOnIdle: false,
  });
  // A pool's end is not its sockets' end: a server that stops meanwhile says so, and nobody is concerned.
  pool.on("error", () => undefined);
  const client = (await pool.connect()) as unknown as PreparingClient;
  return {
    run: async (statement) => (await client.query(statement)).rows,
    close: async () => {
      client.release();
      await pool.end();
    },
  };
}
