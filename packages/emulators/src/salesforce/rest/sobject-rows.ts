import type { ObjectView } from "../access/object-view.ts";
import { toLongId } from "../store/record-id.ts";
import type { StoredRow } from "../store/stored-row.ts";
import type { ResolvedPath } from "../soql/resolve-path.ts";
import { renderRow } from "../soql/render-row.ts";
import { createRows } from "../write/create-rows.ts";
import { deleteRows } from "../write/delete-rows.ts";
import { updateRows } from "../write/update-rows.ts";
import { methodNotAllowed, notFound, refusal, rowRefusal, type ApiAnswer } from "./api-answer.ts";
import type { ApiCall, ApiContext } from "./api-call.ts";
import { checkConditions } from "./check-conditions.ts";
import { isObject, malformedBody } from "./read-body.ts";

interface RowCall {
  readonly context: ApiContext;
  readonly call: ApiCall;
  readonly view: ObjectView;
}

/** POST sobjects/X */
export function createOne(request: RowCall): ApiAnswer {
  const { context: { org, access }, call, view } = request;
  if (!isObject(call.body)) return malformedBody("The HTTP entity body is required, but this request has no entity body.");
  const [result] = createRows({ org, access, rows: [{ objectName: view.object.name, values: call.body }], allOrNone: false });
  if (result?.success !== true) return rowRefusal(result?.errors ?? []);
  return {
    status: 201,
    body: { id: result.id, success: true, errors: [] },
    headers: { Location: `/services/data/v${call.version}.0/sobjects/${view.object.name}/${result.id ?? ""}` },
  };
}

/** GET, PATCH and DELETE sobjects/X/{id} */
export function handleRowById(request: RowCall & { id: string }): ApiAnswer {
  const { context, view } = request;
  const id = toLongId(request.id);
  if (id === null || !id.startsWith(view.object.keyPrefix)) return notFound(`Provided external ID field does not exist or is not accessible: ${request.id}`);
  const table = context.org.table(view.object.name);
  const row = table.get(id);
  if (row === undefined) {
    return table.getDeleted(id) === undefined
      ? notFound()
      : refusal({ status: 404, errorCode: "ENTITY_IS_DELETED", message: "entity is deleted", fields: [] });
  }
  return checkConditions({ method: request.call.method, headers: request.call.headers, row }) ?? handleRow({ ...request, id, row });
}

/** What a call does to the one row that it names, by id or by key. */
export function handleRow(request: RowCall & { id: string; row: StoredRow }): ApiAnswer {
  const { context: { org, access }, call, view, id } = request;
  switch (call.method) {
    case "GET":
    case "HEAD":
      return readOne(request);
    case "PATCH": {
      if (!isObject(call.body)) return malformedBody("The HTTP entity body is required, but this request has no entity body.");
      if (Object.keys(call.body).some((name) => name.toLowerCase() === "id")) {
        return refusal({ status: 400, errorCode: "INVALID_FIELD", message: "The Id field should not be specified in the sobject data.", fields: ["Id"] });
      }
      const [result] = updateRows({ org, access, rows: [{ objectName: view.object.name, values: { ...call.body, Id: id } }], allOrNone: false });
      return result?.success === true ? { status: 204 } : rowRefusal(result?.errors ?? []);
    }
    case "DELETE": {
      const [result] = deleteRows({ org, access, ids: [id], allOrNone: false });
      return result?.success === true ? { status: 204 } : rowRefusal(result?.errors ?? []);
    }
    default:
      return methodNotAllowed({ method: call.method, allowed: ["HEAD", "GET", "PATCH", "DELETE"] });
  }
}

export function readOne(request: RowCall & { row: StoredRow }): ApiAnswer {
  const { context: { org, access }, call, view, row } = request;
  const names = call.query.get("fields")?.split(",").map((name) => name.trim()) ?? view.fields.map(({ field }) => field.name);
  const paths: ResolvedPath[] = [];
  for (const name of names) {
    const field = view.field(name)?.field;
    if (field === undefined) return refusal({ status: 400, errorCode: "INVALID_FIELD", message: `No such column '${name}' on entity '${view.object.name}'` });
    paths.push({ references: [], field, objectName: view.object.name });
  }
  return { status: 200, body: renderRow({ org, access, object: view.object, row, paths }) };
}
