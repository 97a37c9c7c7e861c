import type { Access } from "../access/access.ts";
import { findObjectOfId, type Org } from "../store/org.ts";
import { toLongId } from "../store/record-id.ts";
import type { ObjectSchema } from "../schema/org-schema.ts";
import { planDelete, type DeletePlan } from "./plan-delete.ts";
import { refusedRow, rowError, type RowResult } from "./row-error.ts";
import { callOfRows, writeInChunks } from "./write-call.ts";

/** Deletes rows of any objects by id into the recycle bin, in order, one result a row. */
export function deleteRows(request: { org: Org; access: Access; ids: readonly string[]; allOrNone: boolean }): RowResult[] {
  const { org, access, ids, allOrNone } = request;
  const objectNameOf = (id: string): string => findObjectOfId({ org, id })?.name ?? "";
  return callOfRows({
    org,
    allOrNone,
    write: () => writeInChunks({ org, access, rows: ids, objectNameOf, write: (id) => deleteRow({ org, access, text: id }) }),
  });
}

function deleteRow(request: { org: Org; access: Access; text: string }): RowResult {
  const { org, access, text } = request;
  const id = toLongId(text);
  const object = id === null ? null : findObjectOfId({ org, id });
  if (id === null || object === null) return refusedRow(rowError({ statusCode: "MALFORMED_ID", message: `malformed id ${text}` }));
  const view = access.view(object.name);
  const table = org.table(object.name);
  if (table.getDeleted(id) !== undefined && table.get(id) === undefined) {
    return refusedRow(rowError({ statusCode: "ENTITY_IS_DELETED", message: "entity is deleted" }));
  }
  if (view === null || table.get(id) === undefined) {
    return refusedRow(rowError({ statusCode: "INVALID_CROSS_REFERENCE_KEY", message: "invalid cross reference id" }));
  }
  if (!view.canDelete) {
    return refusedRow(rowError({ statusCode: "INSUFFICIENT_ACCESS_OR_READONLY", message: "insufficient access rights on object id" }));
  }
  return removeRow({ org, object, id });
}

function removeRow(request: { org: Org; object: ObjectSchema; id: string }): RowResult {
  const { plan, error } = planDelete(request);
  if (error !== null) return refusedRow(error);
  carryOut({ org: request.org, plan });
  return { id: request.id, success: true, errors: [] };
}

function carryOut(request: { org: Org; plan: DeletePlan }): void {
  const { org, plan } = request;
  for (const { objectName, id, fieldName } of plan.blanks) {
    const table = org.table(objectName);
    const row = table.get(id);
    if (row === undefined) continue;
    const { [fieldName]: _blanked, ...rest } = row;
    table.replace(rest);
  }
  for (const { objectName, id } of plan.removals) org.table(objectName).remove(id);
}
