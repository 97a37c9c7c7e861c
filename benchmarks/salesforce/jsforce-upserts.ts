import { Connection } from "jsforce";
import type { OrgLogin } from "./org-login.ts";
import type { ObjectRows } from "./record-rows.ts";

const ROWS_A_COLLECTION = 200;

/** A jsforce connection as its own guide makes one. */
export async function connectJsforce({ url, clientId, clientSecret }: OrgLogin): Promise<Connection> {
  const connection = new Connection({ version: "62.0", oauth2: { loginUrl: url, clientId, clientSecret }, logLevel: "NONE" });
  await connection.authorize({ grant_type: "client_credentials" });
  return connection;
}

/** `upsert` with 200 rows at a time, one object after the other. Throws unless every row was written. */
export async function upsertCollections(request: { connection: Connection; objects: readonly ObjectRows[] }): Promise<void> {
  const { connection, objects } = request;
  for (const { objectName, keyField, rows } of objects) {
    for (let start = 0; start < rows.length; start += ROWS_A_COLLECTION) {
      const results = await connection.sobject(objectName).upsert(rows.slice(start, start + ROWS_A_COLLECTION), keyField);
      if (!results.every(({ success }) => success)) throw new Error(`jsforce could not write rows of ${objectName}`);
    }
  }
}

/** `upsert` with one row, row after row. Throws unless every row was written. */
export async function upsertOneByOne(request: { connection: Connection; objects: readonly ObjectRows[] }): Promise<void> {
  const { connection, objects } = request;
  for (const { objectName, keyField, rows } of objects) {
    for (const row of rows) {
      const { success } = await connection.sobject(objectName).upsert({ ...row }, keyField);
      if (!success) throw new Error(`jsforce could not write a row of ${objectName}`);
    }
  }
}
