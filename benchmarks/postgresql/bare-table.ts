import { randomBytes, randomUUID } from "node:crypto";
import { countRows } from "./count-rows.ts";
import type { PostgresqlQueries } from "./postgresql-queries.ts";

/** A table with an id and a text, filled by `unnest`: the least that storing as many bytes in as many rows can cost. */
export interface BareTable {
  /** Makes the rows, which are not part of what is measured. */
  prepare(request: { rows: number; batches: number }): readonly BareBatch[];
  insert(batches: readonly BareBatch[]): Promise<void>;
  /** The bytes of a row as they came out, to be held against those of the store. */
  measureRow(): Promise<number>;
}

interface BareBatch {
  readonly ids: readonly string[];
  readonly payloads: readonly string[];
}

// Header of the row, the id, and the length of a text beyond 126 bytes (one byte up to there).
const ROW_OVERHEAD_IN_BYTES = 24 + 16;
const LONGEST_SHORT_TEXT = 126;

export async function createBareTable(request: { queries: PostgresqlQueries; bytesARow: number }): Promise<BareTable> {
  const { queries, bytesARow } = request;
  const room = Math.round(bytesARow) - ROW_OVERHEAD_IN_BYTES;
  const length = Math.max(1, room - 1 <= LONGEST_SHORT_TEXT ? room - 1 : room - 4);
  await queries.run({ name: "bare-schema", text: "create schema if not exists bare", values: [] });
  await queries.run({
    name: "bare-table",
    text: "create table if not exists bare.entry (id uuid primary key, payload text not null)",
    values: [],
  });
  return {
    prepare: ({ rows, batches }) =>
      Array.from({ length: batches }, (_, batch) => {
        const size = Math.round((rows * (batch + 1)) / batches) - Math.round((rows * batch) / batches);
        return {
          ids: Array.from({ length: size }, () => randomUUID()),
          payloads: Array.from({ length: size }, () => randomBytes(Math.ceil(length / 2)).toString("hex").slice(0, length)),
        };
      }),
    insert: async (batches) => {
      for (const { ids, payloads } of batches) {
        await queries.run({
          name: "bare-insert",
          text: "insert into bare.entry (id, payload) select * from unnest($1::uuid[], $2::text[])",
          values: [ids, payloads],
        });
      }
    },
    measureRow: async () => {
      const { rows, bytes } = await countRows({ queries, schema: "bare" });
      return bytes / rows;
    },
  };
}
