import type { ObjectSchema } from "../schema/org-schema.ts";
import type { Org } from "../store/org.ts";
import { idOf, type StoredRow } from "../store/stored-row.ts";
import { rowError, type RowError } from "./row-error.ts";

/** Unique fields, and the one assignment of a permission set that a user can have. */
export function checkUnique(request: { org: Org; object: ObjectSchema; row: StoredRow }): RowError | null {
  const { org, object, row } = request;
  const table = org.table(object.name);
  for (const field of object.fields.values()) {
    const value = row[field.name];
    if (!field.isUnique || value === undefined || value === null) continue;
    for (const id of table.lookup({ fieldName: field.name, value, isCaseSensitive: field.isCaseSensitive })) {
      if (id !== idOf(row)) return duplicateValue({ fieldName: field.name, id });
    }
  }
  return object.name === "PermissionSetAssignment" ? checkAssignment({ org, row }) : null;
}

function checkAssignment(request: { org: Org; row: StoredRow }): RowError | null {
  const { org, row } = request;
  const isKnown = org.permissionSets.assignments.has(`${String(row["AssigneeId"])}:${String(row["PermissionSetId"])}`);
  return isKnown ? rowError({ statusCode: "DUPLICATE_VALUE", message: "Duplicate PermissionSetAssignment. Assignee and PermissionSet must be unique together." }) : null;
}

function duplicateValue(request: { fieldName: string; id: string }): RowError {
  const { fieldName, id } = request;
  return rowError({
    statusCode: "DUPLICATE_VALUE",
    message: `duplicate value found: ${fieldName} duplicates value on record with id: ${id}`,
  });
}
