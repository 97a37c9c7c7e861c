import type { Access } from "../access/access.ts";
import type { FieldSchema, ObjectSchema } from "../schema/org-schema.ts";
import { findRow, type Org } from "../store/org.ts";
import { idOf, type StoredRow } from "../store/stored-row.ts";
import type { ResolvedPath } from "./resolve-path.ts";

export type RenderedRow = Record<string, unknown>;

/** A row as answers show it: its attributes, then the paths in the order of the query, parents nested. */
export function renderRow(request: {
  org: Org;
  access: Access;
  object: ObjectSchema;
  row: StoredRow;
  paths: readonly ResolvedPath[];
}): RenderedRow {
  const { org, access, object, row, paths } = request;
  const rendered = withAttributes({ access, object, row });
  for (const { references, field } of paths) {
    let target: RenderedRow | null = rendered;
    let source: { object: ObjectSchema; row: StoredRow } | null = { object, row };
    for (const reference of references) {
      if (target === null || source === null) break;
      const id: unknown = source.row[reference.name];
      const parent = typeof id === "string" ? findRow({ org, id }) : null;
      const name = reference.relationshipName ?? reference.name;
      target[name] ??= parent === null ? null : withAttributes({ access, ...parent });
      target = target[name] as RenderedRow | null;
      source = parent;
    }
    if (target !== null && source !== null) target[field.name] = renderValue({ field, row: source.row });
  }
  return rendered;
}

function withAttributes(request: { access: Access; object: ObjectSchema; row: StoredRow }): RenderedRow {
  const { access, object, row } = request;
  return { attributes: { type: object.name, url: `/services/data/v${access.apiVersion}.0/sobjects/${object.name}/${idOf(row)}` } };
}

export function renderValue(request: { field: FieldSchema; row: StoredRow }): unknown {
  const { field, row } = request;
  return field.type === "address" ? renderAddress(request) : (row[field.name] ?? null);
}

const PARTS = ["City", "Country", "CountryCode", "GeocodeAccuracy", "Latitude", "Longitude", "PostalCode", "State", "StateCode", "Street"];

function renderAddress(request: { field: FieldSchema; row: StoredRow }): unknown {
  const { field, row } = request;
  const prefix = field.name.slice(0, -"Address".length);
  const entries = PARTS.map((part) => [part.charAt(0).toLowerCase() + part.slice(1), row[prefix + part] ?? null] as const);
  return entries.every(([, value]) => value === null) ? null : Object.fromEntries(entries);
}
