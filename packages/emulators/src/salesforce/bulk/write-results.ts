import { stringify } from "csv-stringify/sync";
import type { BulkJob, BulkRow } from "./bulk-job.ts";
import { DELIMITERS } from "./read-csv.ts";

/** Rows that were saved. Salesforce answers rows in an order of its own, never to be relied on: here the last comes first. */
export function writeSuccessfulResults(job: BulkJob): Response {
  const isInsert = job.operation === "insert";
  const rows = job.rows.toReversed().flatMap(({ cells, outcome }) =>
    outcome.kind === "success" ? [[outcome.id, String(isInsert || outcome.created), ...cells]] : [],
  );
  return toCsv({ job, columns: ["sf__Id", "sf__Created", ...job.columns], rows });
}

/** Rows that were refused, and why; also in another order than they came. */
export function writeFailedResults(job: BulkJob): Response {
  const rows = job.rows.toReversed().flatMap(({ cells, outcome }) => (outcome.kind === "failure" ? [[outcome.id, outcome.error, ...cells]] : []));
  return toCsv({ job, columns: ["sf__Id", "sf__Error", ...job.columns], rows });
}

/** Rows that the job never came to, as they were sent. */
export function writeUnprocessedRecords(job: BulkJob): Response {
  const isUnprocessed = ({ outcome }: BulkRow): boolean => outcome.kind === "unprocessed";
  return toCsv({ job, columns: job.columns, rows: job.rows.filter(isUnprocessed).map(({ cells }) => cells) });
}

function toCsv(request: { job: BulkJob; columns: readonly string[]; rows: readonly (readonly string[])[] }): Response {
  const { job, columns, rows } = request;
  const text = stringify([columns, ...rows], {
    delimiter: DELIMITERS[job.columnDelimiter] ?? ",",
    record_delimiter: job.lineEnding === "CRLF" ? "\r\n" : "\n",
    quoted: true,
    quoted_empty: true,
  });
  return new Response(text, { headers: { "content-type": "text/csv" } });
}
