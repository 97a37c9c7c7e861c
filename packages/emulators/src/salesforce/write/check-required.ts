import type { ObjectSchema } from "../schema/org-schema.ts";
import type { Org } from "../store/org.ts";
import type { StoredRow } from "../store/stored-row.ts";
import { isPersonAccount } from "./person-account.ts";
import { rowError, type RowError } from "./row-error.ts";

/** Fields that Salesforce fills itself, whatever the describe says of blanks. */
const FILLED: ReadonlySet<string> = new Set([
  "Id", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp", "OwnerId",
]);

export function checkRequired(request: { org: Org; object: ObjectSchema; row: StoredRow }): RowError | null {
  const { org, object, row } = request;
  const missing: string[] = [];
  const isPerson = object.name === "Account" && isPersonAccount({ org, row });
  for (const field of object.fields.values()) {
    const isRequired = isPerson && field.name === "LastName" ? true : !field.nillable && field.type !== "boolean";
    if (!isRequired || FILLED.has(field.name) || field.autoNumber !== undefined) continue;
    const value = row[field.name];
    if (value === undefined || value === null) missing.push(field.name);
  }
  if (missing.length === 0) return null;
  return rowError({ statusCode: "REQUIRED_FIELD_MISSING", message: `Required fields are missing: [${missing.join(", ")}]`, fields: missing });
}
