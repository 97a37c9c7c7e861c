import type { ResolvedPath } from "../soql/resolve-path.ts";
import { renderRow } from "../soql/render-row.ts";
import { toLongId } from "../store/record-id.ts";
import { createRows, type TypedRow } from "../write/create-rows.ts";
import { deleteRows } from "../write/delete-rows.ts";
import type { RowResult } from "../write/row-error.ts";
import { updateRows } from "../write/update-rows.ts";
import { upsertRows } from "../write/upsert-rows.ts";
import { chunksOf } from "../write/write-call.ts";
import { methodNotAllowed, notFound, refusal, type ApiAnswer } from "./api-answer.ts";
import type { ApiCall, ApiContext } from "./api-call.ts";
import { isObject, malformedBody, typeNameOf } from "./read-body.ts";
import { unknownKey } from "./sobject-by-key.ts";

const MOST_ROWS = 200;
const MOST_READ = 2000;
const MOST_TYPE_CHUNKS = 10;
const FIRST_VERSION_WITH_UPSERT = 46;

interface CollectionCall {
  readonly context: ApiContext;
  readonly call: ApiCall;
}

type JsonObject = Readonly<Record<string, unknown>>;

/** composite/sobjects, with rows of any objects, and composite/sobjects/X, with rows of one */
export function handleCollections(request: CollectionCall): ApiAnswer {
  const { call } = request;
  const [, , objectName, keyName, ...rest] = call.segments;
  if (rest.length > 0) return notFound();
  if (objectName === undefined) return handleMixed(request);
  if (keyName === undefined) return handleRetrieve({ ...request, objectName });
  return call.method === "PATCH"
    ? upsertCollection({ ...request, objectName, keyName })
    : methodNotAllowed({ method: call.method, allowed: ["PATCH"] });
}

function handleMixed(request: CollectionCall): ApiAnswer {
  switch (request.call.method) {
    case "POST":
    case "PATCH":
      return writeCollection(request);
    case "DELETE":
      return deleteCollection(request);
    default:
      return methodNotAllowed({ method: request.call.method, allowed: ["POST", "PATCH", "DELETE"] });
  }
}

function writeCollection(request: CollectionCall): ApiAnswer {
  const { context: { org, access }, call } = request;
  const { rows, allOrNone, refused } = readRows(call.body);
  if (refused !== null) return refused;
  const typed: TypedRow[] = rows.map((values) => ({ objectName: typeNameOf(values) ?? "", values }));
  if (typed.some(({ objectName }) => objectName === "")) return missingType();
  if (chunksOf({ rows: typed, objectNameOf: ({ objectName }) => objectName }).length > MOST_TYPE_CHUNKS) {
    return refusal({
      status: 400,
      errorCode: "LIMIT_EXCEEDED",
      message: "Cannot have more than 10 chunks in a single operation. Please rearrange the data to reduce chunking.",
    });
  }
  return answerOf(call.method === "POST" ? createRows({ org, access, rows: typed, allOrNone }) : updateRows({ org, access, rows: typed, allOrNone }));
}

function upsertCollection(request: CollectionCall & { objectName: string; keyName: string }): ApiAnswer {
  const { context: { org, access }, call, objectName, keyName } = request;
  const view = access.view(objectName);
  if (view === null || call.version < FIRST_VERSION_WITH_UPSERT) return notFound();
  const key = view.field(keyName)?.field;
  if (key === undefined || key.type === "id" || !(key.isExternalId || key.isIdLookup)) return unknownKey(keyName);
  const { rows, allOrNone, refused } = readRows(call.body);
  if (refused !== null) return refused;
  const types = rows.map(typeNameOf);
  if (types.includes(null)) return missingType();
  if (types.some((type) => type?.toLowerCase() !== view.object.name.toLowerCase())) {
    return refusal({ status: 400, errorCode: "INVALID_TYPE", message: `All records must be of the type in the URI: ${view.object.name}` });
  }
  return answerOf(upsertRows({ org, access, objectName: view.object.name, keyField: key.name, rows, allOrNone }));
}

function deleteCollection(request: CollectionCall): ApiAnswer {
  const { context: { org, access }, call } = request;
  const ids = call.query.get("ids")?.split(",").map((id) => id.trim()).filter((id) => id !== "") ?? [];
  if (ids.length === 0) return refusal({ status: 400, errorCode: "MISSING_ARGUMENT", message: "The ids parameter is required" });
  if (ids.length > MOST_ROWS) return tooMany(MOST_ROWS);
  return answerOf(deleteRows({ org, access, ids, allOrNone: call.query.get("allOrNone") === "true" }));
}

function handleRetrieve(request: CollectionCall & { objectName: string }): ApiAnswer {
  const { context: { org, access }, call, objectName } = request;
  const view = access.view(objectName);
  if (view === null) return notFound();
  if (call.method !== "GET" && call.method !== "POST") return methodNotAllowed({ method: call.method, allowed: ["GET", "POST"] });
  const { ids, fields } = readSelection(call);
  if (ids.length === 0 || fields.length === 0) return malformedBody("ids and fields are required");
  if (ids.length > MOST_READ) return tooMany(MOST_READ);
  const paths: ResolvedPath[] = [];
  for (const name of fields) {
    const field = view.field(name)?.field;
    if (field === undefined) return refusal({ status: 400, errorCode: "INVALID_FIELD", message: `No such column '${name}' on entity '${view.object.name}'` });
    paths.push({ references: [], field, objectName: view.object.name });
  }
  const table = org.table(view.object.name);
  const body = ids.map((text) => {
    const row = table.get(toLongId(text) ?? "");
    return row === undefined ? null : renderRow({ org, access, object: view.object, row, paths });
  });
  return { status: 200, body };
}

function readSelection(call: ApiCall): { ids: readonly string[]; fields: readonly string[] } {
  const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.filter((member) => typeof member === "string") : []);
  if (call.method === "POST") {
    return isObject(call.body) ? { ids: textsOf(call.body["ids"]), fields: textsOf(call.body["fields"]) } : { ids: [], fields: [] };
  }
  const listOf = (name: string): string[] => call.query.get(name)?.split(",").filter((text) => text !== "") ?? [];
  return { ids: listOf("ids"), fields: listOf("fields") };
}

function readRows(body: unknown): { rows: readonly JsonObject[]; allOrNone: boolean; refused: ApiAnswer | null } {
  const nothing = { rows: [], allOrNone: false };
  if (!isObject(body) || !Array.isArray(body["records"])) return { ...nothing, refused: malformedBody("records is required") };
  const { records, allOrNone = false } = body;
  if (typeof allOrNone !== "boolean") return { ...nothing, refused: malformedBody("allOrNone must be a boolean") };
  if (!Array.isArray(records) || records.length === 0 || !records.every(isObject)) return { ...nothing, refused: malformedBody("records must hold objects") };
  if (records.length > MOST_ROWS) return { ...nothing, refused: tooMany(MOST_ROWS) };
  return { rows: records, allOrNone, refused: null };
}

function missingType(): ApiAnswer {
  return refusal({ status: 400, errorCode: "INVALID_INPUT", message: "Include an entity type to specify the object: attributes.type" });
}

function tooMany(limit: number): ApiAnswer {
  return refusal({
    status: 400,
    errorCode: "EXCEEDED_ID_LIMIT",
    message: `record limit reached. cannot submit more than ${limit} records into this call`,
  });
}

function answerOf(results: readonly RowResult[]): ApiAnswer {
  return { status: 200, body: results };
}
