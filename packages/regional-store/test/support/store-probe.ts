import { PGlite } from "@electric-sql/pglite";
import { queryDatabase } from "./query-database.ts";

/** Reads a store out of band. An embedded store must be closed for it. */
export async function probeStore<Row>(request: { url: string; statement: string }): Promise<Row[]> {
  const { url, statement } = request;
  if (!url.startsWith("file:")) return queryDatabase<Row>({ url, statement });
  const database = await PGlite.create(url.slice("file:".length));
  try {
    return (await database.query<Row>(statement)).rows;
  } finally {
    await database.close();
  }
}
