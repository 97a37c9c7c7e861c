import type { FieldSchema, ObjectSchema, OrgSchema } from "./org-schema.ts";

/** Without regard to case, as Salesforce reads names. */
export function findObject(request: { schema: OrgSchema; name: string }): ObjectSchema | undefined {
  const exact = request.schema.objects.get(request.name);
  if (exact !== undefined) return exact;
  const wanted = request.name.toLowerCase();
  return [...request.schema.objects.values()].find((object) => object.name.toLowerCase() === wanted);
}

/** Without regard to case, as Salesforce reads names. */
export function findField(request: { object: ObjectSchema; name: string }): FieldSchema | undefined {
  const exact = request.object.fields.get(request.name);
  if (exact !== undefined) return exact;
  const wanted = request.name.toLowerCase();
  return [...request.object.fields.values()].find((field) => field.name.toLowerCase() === wanted);
}
