import { findField, findObject } from "../schema/find-object.ts";
import type { FieldSchema, FieldType, ObjectSchema, OrgSchema } from "../schema/org-schema.ts";

/** The field at the end of a path such as `Party.Name`, through relationships; undefined where a step leads nowhere. */
export function findSchemaField(request: { schema: OrgSchema; object: ObjectSchema; path: string }): FieldSchema | undefined {
  const { schema, object, path } = request;
  const [first = "", ...rest] = path.split(".");
  if (rest.length === 0) return findField({ object, name: first });
  const reference = [...object.fields.values()].find(({ relationshipName }) => relationshipName?.toLowerCase() === first.toLowerCase());
  const candidates = reference?.referenceTo.map((name) => findObject({ schema, name })) ?? [];
  for (const parent of candidates) {
    const field = parent === undefined ? undefined : findSchemaField({ schema, object: parent, path: rest.join(".") });
    if (field !== undefined) return field;
  }
  return undefined;
}

/** Answers the types of an object's fields, as a formula's check asks for them. */
export function createFieldTypes(request: { schema: OrgSchema; object: ObjectSchema }): (path: string) => FieldType | undefined {
  const { schema, object } = request;
  return (path) => {
    if (!path.startsWith("$")) return findSchemaField({ schema, object, path })?.type;
    const user = path.toLowerCase().startsWith("$user.") ? findObject({ schema, name: "User" }) : undefined;
    return user === undefined ? undefined : findSchemaField({ schema, object: user, path: path.slice("$user.".length) })?.type;
  };
}
