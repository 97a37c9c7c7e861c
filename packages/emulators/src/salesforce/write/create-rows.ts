import type { Access } from "../access/access.ts";
import type { Org } from "../store/org.ts";
import { refusedRow, rowError, type RowResult } from "./row-error.ts";
import { saveRow } from "./save-row.ts";
import { splitKey } from "./split-key.ts";
import { callOfRows, writeInChunks } from "./write-call.ts";

export interface TypedRow {
  readonly objectName: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Creates rows of any objects, in order, one result a row. Throws `DeserializationError` where a body cannot be read. */
export function createRows(request: { org: Org; access: Access; rows: readonly TypedRow[]; allOrNone: boolean }): RowResult[] {
  const { org, access, rows, allOrNone } = request;
  return callOfRows({
    org,
    allOrNone,
    write: () =>
      writeInChunks({ org, access, rows, objectNameOf: ({ objectName }) => objectName, write: (row) => createRow({ org, access, row }) }),
  });
}

function createRow(request: { org: Org; access: Access; row: TypedRow }): RowResult {
  const { org, access, row } = request;
  const view = access.view(row.objectName);
  if (view === null) return refusedRow(unknownType(row.objectName));
  if (splitKey({ row: row.values, name: "Id" }).value !== undefined) {
    return refusedRow(rowError({ statusCode: "INVALID_FIELD_FOR_INSERT_UPDATE", message: "cannot specify Id in an insert call", fields: ["Id"] }));
  }
  return saveRow({ org, access, view, prior: null, input: row.values });
}

export function unknownType(objectName: string): ReturnType<typeof rowError> {
  return rowError({
    statusCode: "INVALID_TYPE",
    message: `sObject type '${objectName}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
  });
}
