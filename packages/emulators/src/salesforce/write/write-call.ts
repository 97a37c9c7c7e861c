import type { Access } from "../access/access.ts";
import { meetsLock } from "../store/disturbances.ts";
import type { Org } from "../store/org.ts";
import { DeserializationError } from "./deserialization-error.ts";
import { refusedRow, rowError, type RowResult } from "./row-error.ts";

/** Rows are saved in chunks of this many. */
export const CHUNK_SIZE = 200;

/** Writes one row after the other; a chunk that meets a lock is refused whole. */
export function writeInChunks<Row>(request: {
  org: Org;
  access: Access;
  rows: readonly Row[];
  objectNameOf: (row: Row) => string;
  write: (row: Row) => RowResult;
}): RowResult[] {
  const { org, access, rows, objectNameOf, write } = request;
  const results: RowResult[] = [];
  for (const chunk of chunksOf({ rows, objectNameOf })) {
    const [first] = chunk;
    const isLocked = first !== undefined && meetsLock({ disturbances: org.disturbances, objectName: objectNameOf(first) });
    for (const row of chunk) results.push(isLocked ? lockedRow() : writeOne({ access, write, row }));
  }
  return results;
}

/** Neighbours of one object, at most `CHUNK_SIZE` of them. */
export function chunksOf<Row>(request: { rows: readonly Row[]; objectNameOf: (row: Row) => string }): Row[][] {
  const chunks: Row[][] = [];
  let current: Row[] = [];
  let objectName: string | null = null;
  for (const row of request.rows) {
    const name = request.objectNameOf(row);
    if (current.length === 0 || current.length >= CHUNK_SIZE || name !== objectName) {
      current = [];
      chunks.push(current);
      objectName = name;
    }
    current.push(row);
  }
  return chunks;
}

function lockedRow(): RowResult {
  return refusedRow(rowError({ statusCode: "UNABLE_TO_LOCK_ROW", message: "unable to obtain exclusive access to this record or 1 records" }));
}

/** What cannot be read in a CSV concerns its row alone; in JSON it spoils the whole body. */
function writeOne<Row>(request: { access: Access; write: (row: Row) => RowResult; row: Row }): RowResult {
  const { access, write, row } = request;
  try {
    return write(row);
  } catch (error) {
    if (!(error instanceof DeserializationError) || !access.acceptsTexts) throw error;
    return refusedRow(rowError({ statusCode: "INVALID_TYPE_ON_FIELD_IN_RECORD", message: error.message }));
  }
}

/** Runs a call as a whole: with `allOrNone` one refused row takes back all others. */
export function callOfRows(request: { org: Org; allOrNone: boolean; write: () => RowResult[] }): RowResult[] {
  const { org, allOrNone, write } = request;
  let results: RowResult[] = [];
  const isKept = org.transaction.attempt(() => {
    results = write();
    return !allOrNone || results.every(({ success }) => success);
  });
  return isKept ? results : results.map((result) => (result.success ? rolledBackRow() : result));
}

function rolledBackRow(): RowResult {
  return refusedRow(rowError({
    statusCode: "ALL_OR_NONE_OPERATION_ROLLED_BACK",
    message: "Record rolled back because not all records were valid and the request was using AllOrNone header",
  }));
}
