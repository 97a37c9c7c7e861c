import type { RowResult } from "../write/row-error.ts";
import type { BulkJob, BulkOutcome, BulkRow } from "./bulk-job.ts";
import { BulkJobError } from "./bulk-job-error.ts";
import type { BulkRequest } from "./bulk-request.ts";
import { readColumns } from "./read-columns.ts";
import { readCsv } from "./read-csv.ts";

const CHUNK_SIZE = 200;

/** Works a closed job off: all of its rows, in chunks. A header that does not fit fails it before its first row. */
export function runJob({ call, job }: { call: BulkRequest; job: BulkJob }): void {
  try {
    const { columns, rows } = readCsv(job);
    job.columns = columns;
    job.rows = rows.map((cells): BulkRow => ({ cells, outcome: { kind: "unprocessed" } }));
    const writers = rows.length === 0 && columns.length === 0 ? [] : readColumns({ call, job, columns });
    const values = rows.map((cells) => toRow({ cells, writers }));
    const results = inChunks(values).flatMap((chunk) => writeChunk({ call, job, chunk }));
    job.rows = rows.map((cells, index): BulkRow => ({ cells, outcome: toOutcome({ row: values[index], result: results[index] }) }));
    job.state = "JobComplete";
  } catch (error) {
    if (!(error instanceof BulkJobError)) throw error;
    job.state = "Failed";
    job.errorMessage = error.message;
  }
}

function toRow({ cells, writers }: { cells: readonly string[]; writers: ReturnType<typeof readColumns> }): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [index, write] of writers.entries()) write({ row, cell: cells[index] ?? "" });
  return row;
}

function inChunks(rows: readonly Record<string, unknown>[]): Record<string, unknown>[][] {
  return Array.from({ length: Math.ceil(rows.length / CHUNK_SIZE) }, (_, index) => rows.slice(index * CHUNK_SIZE, (index + 1) * CHUNK_SIZE));
}

function writeChunk({ call, job, chunk }: { call: BulkRequest; job: BulkJob; chunk: Record<string, unknown>[] }): readonly RowResult[] {
  const objectName = job.object;
  switch (job.operation) {
    case "insert":
      return call.createRows({ objectName, rows: chunk });
    case "update":
      return call.updateRows({ objectName, rows: chunk });
    case "upsert":
      return call.upsertRows({ objectName, keyField: job.externalIdFieldName ?? "", rows: chunk });
    default:
      return call.deleteRows({ objectName, ids: chunk.map(idOf) });
  }
}

function idOf(row: Readonly<Record<string, unknown>> | undefined): string {
  const id = row?.["Id"];
  return typeof id === "string" ? id : "";
}

function toOutcome({ row, result }: { row: Record<string, unknown> | undefined; result: RowResult | undefined }): BulkOutcome {
  if (result === undefined) return { kind: "unprocessed" };
  if (result.success) return { kind: "success", id: result.id ?? idOf(row), created: result.created ?? false };
  const error = result.errors.map(({ statusCode, message, fields }) => `${statusCode}:${message}:${[...fields, "--"].join(" ")}`).join(";");
  return { kind: "failure", id: result.id ?? idOf(row), error };
}
