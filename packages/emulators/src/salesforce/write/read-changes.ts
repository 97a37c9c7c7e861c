import type { Access } from "../access/access.ts";
import type { FieldView, ObjectView } from "../access/object-view.ts";
import type { FieldSchema } from "../schema/org-schema.ts";
import type { Org } from "../store/org.ts";
import type { FieldValue } from "../store/stored-row.ts";
import { checkValue } from "./check-value.ts";
import { parseValue } from "./parse-value.ts";
import { resolveId, resolveNested } from "./resolve-reference.ts";
import { rowError, type RowError } from "./row-error.ts";

export type Changes = Record<string, FieldValue>;

interface ReadRequest {
  readonly org: Org;
  readonly access: Access;
  readonly view: ObjectView;
  readonly isNew: boolean;
  /** Never with the id or the key by which the row was found. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** What a row asks for, in stored form, or why it cannot. Throws `DeserializationError` for what is of another type. */
export function readChanges(request: ReadRequest): { changes: Changes; errors: readonly RowError[] } {
  const { view, input } = request;
  const targets: { target: FieldView; value: unknown; isNested: boolean }[] = [];
  for (const [name, value] of Object.entries(input)) {
    if (name === "attributes") continue;
    const direct = view.field(name);
    const target = direct ?? view.relationship(name);
    if (target === undefined) return { changes: {}, errors: [noSuchColumn({ view, name })] };
    targets.push({ target, value, isNested: direct === undefined });
  }
  const closed = targets.filter(({ target }) => !(request.isNew ? target.isCreateable : target.isUpdateable));
  if (closed.length > 0) return { changes: {}, errors: [notWriteable(closed.map(({ target }) => target.field.name))] };
  return readValues({ request, targets });
}

function readValues(input: {
  request: ReadRequest;
  targets: readonly { target: FieldView; value: unknown; isNested: boolean }[];
}): { changes: Changes; errors: readonly RowError[] } {
  const { request, targets } = input;
  const changes: Changes = {};
  const errors: RowError[] = [];
  for (const { target: { field }, value, isNested } of targets) {
    if (Object.hasOwn(changes, field.name)) {
      errors.push(namedTwice(field));
      continue;
    }
    const read = isNested ? resolveNested({ ...request, field, nested: value }) : readValue({ request, field, value });
    changes[field.name] = "id" in read ? read.id : read.value;
    if (read.error !== null) errors.push(read.error);
  }
  return { changes, errors };
}

function readValue(input: { request: ReadRequest; field: FieldSchema; value: unknown }): { value: FieldValue; error: RowError | null } {
  const { request, field, value } = input;
  const parsed = parseValue({ field, value, acceptsTexts: request.access.acceptsTexts });
  const checked = checkValue({ field, value: parsed, apiVersion: request.access.apiVersion });
  if (field.type !== "reference" || typeof checked.value !== "string" || checked.error !== null) return checked;
  const { id, error } = resolveId({ ...request, field, text: checked.value });
  return { value: id, error };
}

export function noSuchColumn(request: { view: ObjectView; name: string }): RowError {
  return rowError({
    statusCode: "INVALID_FIELD",
    message: `No such column '${request.name}' on sobject of type ${request.view.object.name}`,
  });
}

function notWriteable(fields: readonly string[]): RowError {
  return rowError({
    statusCode: "INVALID_FIELD_FOR_INSERT_UPDATE",
    message: `Unable to create/update fields: ${fields.join(", ")}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
    fields,
  });
}

function namedTwice(field: FieldSchema): RowError {
  return rowError({
    statusCode: "INVALID_FIELD",
    message: `Cannot specify both an external ID reference ${field.relationshipName ?? ""} and a salesforce id, ${field.name}`,
    fields: [field.name],
  });
}
