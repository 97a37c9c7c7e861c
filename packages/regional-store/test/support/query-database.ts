import { Pool } from "pg";

/** Reads a database of a test with plain SQL, beside the connector, under any login. */
export async function queryDatabase<Row>(request: { url: string; statement: string; parameters?: readonly unknown[] }): Promise<Row[]> {
  const pool = new Pool({
    connectionString: request.url,
    max: 1,
    connectionTimeoutMillis: 10_000,
    application_name: "test",
    keepAlive: false,
    allowExitOnIdle: true,
  });
  pool.on("error", () => {});
  try {
    const client = await pool.connect();
    try {
      return (await client.query(request.statement, [...(request.parameters ?? [])])).rows as Row[];
    } finally {
      client.release();
    }
  } finally {
    await pool.end();
  }
}
