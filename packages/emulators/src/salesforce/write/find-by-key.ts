import type { FieldSchema, ObjectSchema } from "../schema/org-schema.ts";
import type { Org } from "../store/org.ts";
import type { FieldValue } from "../store/stored-row.ts";

/** Ids of the rows that have the key: external ids and lookup fields match without regard to case unless told otherwise. */
export function findByKey(request: { org: Org; object: ObjectSchema; key: FieldSchema; value: FieldValue }): readonly string[] {
  const { org, object, key, value } = request;
  if (value === null) return [];
  return [...org.table(object.name).lookup({ fieldName: key.name, value, isCaseSensitive: key.isCaseSensitive })];
}
