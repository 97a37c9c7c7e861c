import { Buffer } from "node:buffer";
import { ConnectorError } from "@volenti/core/adapter";
import { stringify } from "csv-stringify/sync";
import { CONNECTOR_ID } from "../transport/salesforce-session.ts";
import type { BulkResult, BulkRow } from "./bulk-row.ts";
import { toCells } from "./to-cells.ts";

/** One job's worth of rows. */
export interface JobFile {
  readonly csv: string;
  /** Each once, in letters as they came. */
  readonly keys: readonly string[];
  /** Rows that no bulk job can say. */
  readonly refused: readonly BulkResult[];
}

interface Draft {
  readonly rows: ReadonlyMap<string, string>[];
  readonly columns: Set<string>;
  readonly keys: Map<string, string>;
  readonly refused: BulkResult[];
  bytes: number;
}

/**
 * Cuts rows into files of at most so many bytes. Columns are all that any row of the file has. A second row of a key (in
 * whatever letter case, as the org compares) begins a new file, so that their order holds and each result names one row.
 */
export async function* cutIntoJobs(request: {
  rows: Iterable<BulkRow> | AsyncIterable<BulkRow>;
  keyField: string;
  maxBytes: number;
  operation: string;
}): AsyncGenerator<JobFile> {
  const { rows, keyField, maxBytes, operation } = request;
  let draft = newDraft();
  for await (const row of rows) {
    const cells = toCells(row);
    const key = keyOf(row[keyField]);
    if (cells === null || key === null) {
      draft.refused.push(refusedRow({ key: key ?? "", operation }));
      continue;
    }
    const bytes = [...cells.values()].reduce((sum, cell) => sum + Buffer.byteLength(cell) + 3, 0);
    const isFull = draft.bytes + bytes + (draft.rows.length + 1) * draft.columns.size > maxBytes;
    if (draft.rows.length > 0 && (isFull || draft.keys.has(key.toLowerCase()))) {
      yield toFile(draft);
      draft = newDraft();
    }
    draft.rows.push(cells);
    for (const column of cells.keys()) draft.columns.add(column);
    draft.keys.set(key.toLowerCase(), key);
    draft.bytes += bytes;
  }
  if (draft.rows.length > 0 || draft.refused.length > 0) yield toFile(draft);
}

function newDraft(): Draft {
  return { rows: [], columns: new Set(), keys: new Map(), refused: [], bytes: 0 };
}

function toFile(draft: Draft): JobFile {
  const columns = [...draft.columns];
  const table = [columns, ...draft.rows.map((cells) => columns.map((column) => cells.get(column) ?? ""))];
  const csv = draft.rows.length === 0 ? "" : stringify(table, { record_delimiter: "\n", quoted_match: /^\s|\s$|[\r\n]/ });
  return { csv, keys: [...draft.keys.values()], refused: draft.refused };
}

function keyOf(value: BulkRow[string] | undefined): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function refusedRow(request: { key: string; operation: string }): BulkResult {
  const { key, operation } = request;
  const error = new ConnectorError({ code: "invalidInput", connectorId: CONNECTOR_ID, operation, providerCode: "notInCsv" });
  return { key, outcome: "failed", error, marker: null };
}
