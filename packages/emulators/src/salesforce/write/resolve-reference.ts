import type { Access } from "../access/access.ts";
import type { FieldSchema } from "../schema/org-schema.ts";
import { findObjectOfId, type Org } from "../store/org.ts";
import { toLongId } from "../store/record-id.ts";
import type { FieldValue } from "../store/stored-row.ts";
import { DeserializationError } from "./deserialization-error.ts";
import { parseValue } from "./parse-value.ts";
import { rowError, type RowError } from "./row-error.ts";

type Resolution = { readonly id: string; readonly error: null } | { readonly id: null; readonly error: RowError };

interface ReferenceRequest {
  readonly org: Org;
  readonly access: Access;
  readonly field: FieldSchema;
}

/** The row that an id names, if the field may point at it. */
export function resolveId(request: ReferenceRequest & { text: string }): Resolution {
  const { org, field, text } = request;
  const id = toLongId(text);
  if (id === null) return malformed(request);
  const object = findObjectOfId({ org, id });
  if (object === null || !field.referenceTo.includes(object.name)) return malformed(request);
  const table = org.table(object.name);
  if (table.get(id) !== undefined) return { id, error: null };
  if (table.getDeleted(id) !== undefined) {
    return refuse({ field, statusCode: "ENTITY_IS_DELETED", message: "entity is deleted" });
  }
  return refuse({ field, statusCode: "INVALID_CROSS_REFERENCE_KEY", message: "invalid cross reference id" });
}

function malformed(request: { field: FieldSchema; text: string }): Resolution {
  const { field, text } = request;
  return refuse({ field, statusCode: "MALFORMED_ID", message: `${field.label}: id value of incorrect type: ${text}` });
}

/** The row that a nested object names by external id: `{"Party": {"Key__c": "x"}}`. */
export function resolveNested(request: ReferenceRequest & { nested: unknown }): Resolution {
  const { org, access, field, nested } = request;
  if (typeof nested !== "object" || nested === null || Array.isArray(nested)) {
    throw new DeserializationError({ type: "reference", token: "VALUE", value: "" });
  }
  const { attributes, ...keys } = nested as Record<string, unknown>;
  const objectName = nameOfTarget({ field, attributes });
  if (typeof objectName !== "string") return { id: null, error: objectName };
  const [entry, ...others] = Object.entries(keys);
  const view = access.view(objectName);
  const key = entry === undefined ? undefined : view?.field(entry[0])?.field;
  if (entry === undefined || others.length > 0 || key === undefined || key.type === "id" || !(key.isExternalId || key.isIdLookup)) {
    const message = `Invalid foreign key relationship ${field.relationshipName ?? field.name}: an external id of ${objectName} is expected`;
    return refuse({ field, statusCode: "INVALID_FIELD", message });
  }
  const value = parseValue({ field: key, value: entry[1], acceptsTexts: access.acceptsTexts });
  return findOne({ org, field, objectName, key, value });
}

function nameOfTarget(request: { field: FieldSchema; attributes: unknown }): string | RowError {
  const { field, attributes } = request;
  const type = typeof attributes === "object" && attributes !== null ? (attributes as Record<string, unknown>)["type"] : undefined;
  const [only, ...others] = field.referenceTo;
  if (type === undefined && only !== undefined && others.length === 0) return only;
  const named = field.referenceTo.find((name) => typeof type === "string" && name.toLowerCase() === type.toLowerCase());
  if (named !== undefined) return named;
  const message = `Polymorphic foreign key relationship ${field.relationshipName ?? field.name} must specify an entity type`;
  return rowError({ statusCode: "INVALID_FIELD", message, fields: [field.name] });
}

function findOne(request: { org: Org; field: FieldSchema; objectName: string; key: FieldSchema; value: FieldValue }): Resolution {
  const { org, field, objectName, key, value } = request;
  const isCaseSensitive = key.isCaseSensitive;
  const text = String(value ?? "");
  const ids = value === null ? [] : [...org.table(objectName).lookup({ fieldName: key.name, value, isCaseSensitive })];
  const [id] = ids;
  if (id === undefined) {
    return refuse({
      field,
      statusCode: "INVALID_FIELD",
      message: `Foreign key external ID: ${text.toLowerCase()} not found for field ${key.name} in entity ${objectName}`,
      fields: [],
    });
  }
  if (ids.length > 1) {
    const message = `Foreign key external ID: ${text.toLowerCase()} matches more than one row: [${ids.join(", ")}]`;
    return refuse({ field, statusCode: "INVALID_FIELD", message, fields: [] });
  }
  return { id, error: null };
}

function refuse(request: { field: FieldSchema; statusCode: string; message: string; fields?: readonly string[] }): Resolution {
  const { field, statusCode, message, fields } = request;
  return { id: null, error: rowError({ statusCode, message, fields: fields ?? [field.name] }) };
}
