import { addressOf, isPartOfName } from "./compound-fields.ts";
import type { FieldSchema, ObjectSchema } from "./org-schema.ts";

const OF_EVERY_OBJECT: ReadonlySet<string> = new Set([
  "Id", "IsDeleted", "OwnerId", "Name", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp",
  "LastViewedDate", "LastReferencedDate", "LastActivityDate", "RecordTypeId", "MasterRecordId", "IsConverted",
  "IsPersonAccount", "PersonContactId",
]);

/**
 * Whether field-level security has a say on the field: not on names, ids, stamps or what every record must have, and on
 * an address as a whole only.
 */
export function isPermissionable(request: { object: ObjectSchema; field: FieldSchema }): boolean {
  const { field } = request;
  if (field.isCustom) return field.nillable || field.type === "boolean" || field.autoNumber !== undefined;
  if (OF_EVERY_OBJECT.has(field.name) || isPartOfName(request) || addressOf(request) !== undefined) return false;
  return field.nillable || field.type === "boolean";
}
