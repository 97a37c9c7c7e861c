import type { PostgresqlQueries } from "./postgresql-queries.ts";

/** What the tables of the store hold together. */
export interface StoredRows {
  readonly rows: number;
  /** As `pg_column_size` counts a row: its header and values, compressed as they are stored. */
  readonly bytes: number;
}

// One statement over however many tables the store has: query_to_xml runs a text that format() has quoted.
const COUNT_STATEMENT = `
select sum((xpath('/row/rows/text()', counted))[1]::text::bigint)::text as rows,
       sum((xpath('/row/bytes/text()', counted))[1]::text::bigint)::text as bytes
from (
  select query_to_xml(
    format('select count(*) as rows, coalesce(sum(pg_column_size(stored.*)), 0) as bytes from %I.%I stored', nspname, relname),
    false, true, '') as counted
  from pg_class join pg_namespace on pg_namespace.oid = relnamespace
  where nspname = $1 and relkind = 'r'
) counts`;

/** Counts the rows of every table of a schema, and what they weigh. */
export async function countRows(request: { queries: PostgresqlQueries; schema: string }): Promise<StoredRows> {
  const [counts] = await request.queries.run({ name: "count-rows", text: COUNT_STATEMENT, values: [request.schema] });
  return { rows: Number(counts?.["rows"] ?? 0), bytes: Number(counts?.["bytes"] ?? 0) };
}
