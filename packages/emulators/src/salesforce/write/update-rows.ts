import type { Access } from "../access/access.ts";
import type { Org } from "../store/org.ts";
import { toLongId } from "../store/record-id.ts";
import { unknownType, type TypedRow } from "./create-rows.ts";
import { refusedRow, rowError, type RowResult } from "./row-error.ts";
import { saveRow } from "./save-row.ts";
import { splitKey } from "./split-key.ts";
import { callOfRows, CHUNK_SIZE, writeInChunks } from "./write-call.ts";

/** Updates rows by id, in order, one result a row. Throws `DeserializationError` where a body cannot be read. */
export function updateRows(request: { org: Org; access: Access; rows: readonly TypedRow[]; allOrNone: boolean }): RowResult[] {
  const { org, access, rows, allOrNone } = request;
  let seen = new Set<string>();
  let count = 0;
  const write = (row: TypedRow): RowResult => {
    if (count % CHUNK_SIZE === 0) seen = new Set();
    count += 1;
    return updateRow({ org, access, row, seen });
  };
  return callOfRows({
    org,
    allOrNone,
    write: () => writeInChunks({ org, access, rows, objectNameOf: ({ objectName }) => objectName, write }),
  });
}

/** `seen` are the ids of this chunk so far. */
function updateRow(request: { org: Org; access: Access; row: TypedRow; seen: Set<string> }): RowResult {
  const { org, access, row, seen } = request;
  const view = access.view(row.objectName);
  if (view === null) return refusedRow(unknownType(row.objectName));
  const { value, rest } = splitKey({ row: row.values, name: "Id" });
  if (typeof value !== "string" || value === "") {
    return refusedRow(rowError({ statusCode: "MISSING_ARGUMENT", message: "Id not specified in an update call", fields: ["Id"] }));
  }
  const id = toLongId(value);
  if (id === null || !id.startsWith(view.object.keyPrefix)) {
    return refusedRow(rowError({ statusCode: "MALFORMED_ID", message: `${view.object.label} ID: id value of incorrect type: ${value}`, fields: ["Id"] }));
  }
  if (seen.has(id)) return refusedRow(rowError({ statusCode: "DUPLICATE_VALUE", message: `Duplicate id specified: ${id}` }));
  seen.add(id);
  const table = org.table(view.object.name);
  const prior = table.get(id);
  if (prior !== undefined) return saveRow({ org, access, view, prior, input: rest });
  const isDeleted = table.getDeleted(id) !== undefined;
  return refusedRow(
    isDeleted
      ? rowError({ statusCode: "ENTITY_IS_DELETED", message: "entity is deleted" })
      : rowError({ statusCode: "INVALID_CROSS_REFERENCE_KEY", message: "invalid cross reference id" }),
  );
}
