import type { Access } from "../access/access.ts";
import type { ObjectView } from "../access/object-view.ts";
import type { FieldSchema } from "../schema/org-schema.ts";
import { findRow, type Org } from "../store/org.ts";
import type { FieldValue, StoredRow } from "../store/stored-row.ts";
import { SoqlError } from "./soql-error.ts";

/** A path of a query, such as `Party.Name`: the references to follow, then the field. */
export interface ResolvedPath {
  readonly references: readonly FieldSchema[];
  readonly field: FieldSchema;
  /** Null at the end of a polymorphic reference, where rows of several objects may stand. */
  readonly objectName: string | null;
}

/** What SOQL knows of a parent that may be of several objects. */
const NAME_FIELDS: ReadonlySet<string> = new Set(["id", "name", "firstname", "lastname", "email", "phone", "title", "username", "isactive", "type"]);

export function resolvePath(request: { access: Access; view: ObjectView; alias: string | null; path: string }): ResolvedPath {
  const { access, view, alias } = request;
  const parts = request.path.split(".");
  if (parts.length > 1 && (parts[0]?.toLowerCase() === alias?.toLowerCase() || parts[0]?.toLowerCase() === view.object.name.toLowerCase())) parts.shift();
  if (parts.length > 6) throw new SoqlError({ errorCode: "INVALID_FIELD", message: "relationship queries may have at most five levels" });
  const references: FieldSchema[] = [];
  let current = view;
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1) return { references, field: fieldOf({ view: current, name: part }), objectName: current.object.name };
    const reference = current.relationship(part)?.field;
    const target = reference?.referenceTo[0];
    if (reference === undefined || target === undefined) throw unknownRelationship(part);
    references.push(reference);
    if (reference.referenceTo.length > 1) return { references, field: nameField({ access, reference, parts: parts.slice(index + 1) }), objectName: null };
    const next = access.view(target);
    if (next === null) throw unknownRelationship(part);
    current = next;
  }
  throw unknownRelationship(request.path);
}

function fieldOf(request: { view: ObjectView; name: string }): FieldSchema {
  const field = request.view.field(request.name)?.field;
  if (field === undefined) throw unknownColumn({ name: request.name, entity: request.view.object.name });
  return field;
}

function nameField(request: { access: Access; reference: FieldSchema; parts: readonly string[] }): FieldSchema {
  const [name = "", ...deeper] = request.parts;
  for (const target of NAME_FIELDS.has(name.toLowerCase()) && deeper.length === 0 ? request.reference.referenceTo : []) {
    const field = request.access.view(target)?.field(name)?.field;
    if (field !== undefined) return field;
  }
  throw unknownColumn({ name, entity: "Name" });
}

export function unknownColumn(request: { name: string; entity: string }): SoqlError {
  return new SoqlError({
    errorCode: "INVALID_FIELD",
    message: `\nERROR at Row:1:Column:8\nNo such column '${request.name}' on entity '${request.entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
  });
}

function unknownRelationship(name: string): SoqlError {
  return new SoqlError({
    errorCode: "INVALID_FIELD",
    message: `\nERROR at Row:1:Column:8\nDidn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
  });
}

export function valueAt(request: { org: Org; row: StoredRow; path: ResolvedPath }): FieldValue {
  const { org, path } = request;
  let { row } = request;
  for (const reference of path.references) {
    const id = row[reference.name];
    const parent = typeof id === "string" ? findRow({ org, id }) : null;
    if (parent === null) return null;
    row = parent.row;
  }
  return row[path.field.name] ?? null;
}
