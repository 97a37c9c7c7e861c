import type { Access } from "../access/access.ts";
import type { ObjectView } from "../access/object-view.ts";
import type { Org } from "../store/org.ts";
import type { StoredRow } from "../store/stored-row.ts";
import { rowError, type RowError } from "./row-error.ts";

/** What refuses a row before its values are read: permissions, converted leads, storage, keys refused on demand. */
export function checkEntry(request: {
  org: Org;
  access: Access;
  view: ObjectView;
  prior: StoredRow | null;
  input: Readonly<Record<string, unknown>>;
}): RowError | null {
  const { org, access, view, prior, input } = request;
  if (prior === null && !view.canCreate) {
    return rowError({ statusCode: "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", message: `entity type cannot be inserted: ${view.object.label}` });
  }
  if (prior !== null && !view.canEdit) {
    return rowError({ statusCode: "INSUFFICIENT_ACCESS_OR_READONLY", message: "insufficient access rights on object id" });
  }
  if (prior?.["IsConverted"] === true && !access.isAdministrator) {
    return rowError({ statusCode: "CANNOT_UPDATE_CONVERTED_LEAD", message: "cannot reference converted lead" });
  }
  if (prior === null && org.disturbances.isStorageFull) {
    return rowError({ statusCode: "STORAGE_LIMIT_EXCEEDED", message: "storage limit exceeded" });
  }
  const { refusedKeys } = org.disturbances;
  if (refusedKeys.size === 0) return null;
  for (const value of textsIn({ prior: prior ?? {}, input })) {
    const refusal = refusedKeys.get(value.toLowerCase());
    if (refusal !== undefined) return rowError(refusal);
  }
  return null;
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  if (typeof value !== "object" || value === null) return;
  for (const member of Object.values(value)) yield* textsIn(member);
}
