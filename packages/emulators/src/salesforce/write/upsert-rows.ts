import type { Access } from "../access/access.ts";
import type { ObjectView } from "../access/object-view.ts";
import type { FieldSchema } from "../schema/org-schema.ts";
import type { Org } from "../store/org.ts";
import type { FieldValue } from "../store/stored-row.ts";
import { checkValue } from "./check-value.ts";
import { findByKey } from "./find-by-key.ts";
import { parseValue } from "./parse-value.ts";
import { refusedRow, rowError, type RowError, type RowResult } from "./row-error.ts";
import { saveRow } from "./save-row.ts";
import { splitKey } from "./split-key.ts";
import { callOfRows, CHUNK_SIZE, writeInChunks } from "./write-call.ts";

interface UpsertRequest {
  readonly org: Org;
  readonly access: Access;
  readonly objectName: string;
  /** An external id, or a field for lookups (`Name` of consents, `Email` of people). */
  readonly keyField: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly allOrNone?: boolean;
  /** Refuses what would be a new row. */
  readonly isUpdateOnly?: boolean;
}

/** Creates or updates by key, in order, one result a row. Throws `DeserializationError` where a body cannot be read. */
export function upsertRows(request: UpsertRequest): RowResult[] {
  const { org, access, objectName, keyField, rows } = request;
  const view = access.view(objectName);
  const key = view?.field(keyField)?.field;
  if (view === null || key === undefined) {
    return rows.map(() => refusedRow(rowError({ statusCode: "INVALID_FIELD", message: `No such column '${keyField}' on sobject of type ${objectName}` })));
  }
  let seen = new Set<string>();
  let count = 0;
  return callOfRows({
    org,
    allOrNone: request.allOrNone ?? false,
    write: () =>
      writeInChunks({
        org,
        access,
        rows,
        objectNameOf: () => view.object.name,
        write: (row) => {
          if (count % CHUNK_SIZE === 0) seen = new Set();
          count += 1;
          return upsertRow({ ...request, view, key, row, seen });
        },
      }),
  });
}

interface UpsertRowRequest extends UpsertRequest {
  readonly view: ObjectView;
  readonly key: FieldSchema;
  readonly row: Readonly<Record<string, unknown>>;
  /** Keys of this chunk so far. */
  readonly seen: Set<string>;
}

function upsertRow(request: UpsertRowRequest): RowResult {
  const { org, access, view, key, row, seen } = request;
  const { value: given, rest } = splitKey({ row, name: key.name });
  if (splitKey({ row: rest, name: "Id" }).value !== undefined) {
    return refusedRow(rowError({ statusCode: "INVALID_FIELD", message: `Cannot specify both an external ID reference ${key.name} and a salesforce id, Id` }));
  }
  const { value, error } = readKey({ ...request, given });
  if (error !== null) return refusedRow(error);
  const mark = key.isCaseSensitive ? String(value) : String(value).toLowerCase();
  if (seen.has(mark)) {
    return refusedRow(rowError({ statusCode: "DUPLICATE_VALUE", message: `Duplicate external id specified: ${String(value)}`, fields: [key.name] }));
  }
  seen.add(mark);
  const ids = findByKey({ org, object: view.object, key, value });
  if (ids.length > 1) return refusedRow(severalFound({ ids, key }));
  const prior = ids[0] === undefined ? null : (org.table(view.object.name).get(ids[0]) ?? null);
  if (prior === null && request.isUpdateOnly === true) {
    return refusedRow(rowError({ statusCode: "NOT_FOUND", message: "The requested resource does not exist" }));
  }
  const input = prior === null ? { [key.name]: value, ...rest } : rest;
  return withCreated({ result: saveRow({ org, access, view, prior, input }), isCreated: prior === null });
}

function readKey(request: UpsertRowRequest & { given: unknown }): { value: FieldValue; error: RowError | null } {
  const { access, key, given } = request;
  const parsed = given === undefined ? null : parseValue({ field: key, value: given, acceptsTexts: access.acceptsTexts });
  if (parsed === null) {
    return { value: null, error: rowError({ statusCode: "MISSING_ARGUMENT", message: `${key.name} not specified`, fields: [] }) };
  }
  return checkValue({ field: key, value: parsed, apiVersion: access.apiVersion });
}

function severalFound(request: { ids: readonly string[]; key: FieldSchema }): RowError {
  const { ids, key } = request;
  return rowError({
    statusCode: "DUPLICATE_EXTERNAL_ID",
    message: `More than one record found for external id field: [${ids.join(", ")}]`,
    fields: [key.name],
  });
}

function withCreated(request: { result: RowResult; isCreated: boolean }): RowResult {
  const { result, isCreated } = request;
  return result.success ? { ...result, created: isCreated } : result;
}
