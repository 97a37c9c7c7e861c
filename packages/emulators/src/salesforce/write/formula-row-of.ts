import type { FormulaRow } from "../formula/formula-row.ts";
import { findField } from "../schema/find-object.ts";
import type { FieldSchema, ObjectSchema } from "../schema/org-schema.ts";
import { findRow, objectNamed, type Org } from "../store/org.ts";
import type { StoredRow } from "../store/stored-row.ts";

/** A row on its way into the store as formulas and flows see it. Reads what `current` holds at the time of reading. */
export function formulaRowOf(request: {
  org: Org;
  object: ObjectSchema;
  userId: string;
  prior: StoredRow | null;
  current: () => StoredRow;
}): FormulaRow {
  const { org, object, prior, current, userId } = request;
  const user = (): { object: ObjectSchema; row: StoredRow } | null => findRow({ org, id: userId });
  return {
    isNew: prior === null,
    read(path) {
      if (path.startsWith("$User.")) return readPath({ org, ...user(), path: path.slice("$User.".length) });
      return path.startsWith("$") ? undefined : readPath({ org, object, row: current(), path });
    },
    readPrior: (path) => (prior === null ? null : readPath({ org, object, row: prior, path })),
    fieldType(path) {
      if (path.startsWith("$User.")) return typeAt({ org, object: objectNamed({ org, name: "User" }), path: path.slice("$User.".length) });
      return typeAt({ org, object, path });
    },
  };
}

function readPath(request: { org: Org; object?: ObjectSchema; row?: StoredRow; path: string }): unknown {
  const { org, object, row, path } = request;
  if (object === undefined || row === undefined) return undefined;
  const [head = "", ...rest] = path.split(".");
  if (rest.length === 0) {
    const field = findField({ object, name: head });
    return field === undefined ? undefined : (row[field.name] ?? null);
  }
  const reference = findRelationship({ object, name: head });
  const id = reference === undefined ? undefined : row[reference.name];
  const parent = typeof id === "string" ? findRow({ org, id }) : null;
  return parent === null ? null : readPath({ org, ...parent, path: rest.join(".") });
}

function typeAt(request: { org: Org; object: ObjectSchema | undefined; path: string }): FieldSchema["type"] | undefined {
  const { org, object, path } = request;
  if (object === undefined) return undefined;
  const [head = "", ...rest] = path.split(".");
  if (rest.length === 0) return findField({ object, name: head })?.type;
  const reference = findRelationship({ object, name: head });
  const parent = objectNamed({ org, name: reference?.referenceTo[0] ?? "" });
  return typeAt({ org, object: parent, path: rest.join(".") });
}

function findRelationship(request: { object: ObjectSchema; name: string }): FieldSchema | undefined {
  const wanted = request.name.toLowerCase();
  return [...request.object.fields.values()].find((field) => field.relationshipName?.toLowerCase() === wanted);
}
