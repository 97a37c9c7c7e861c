import type { FieldSchema, ObjectSchema } from "../schema/org-schema.ts";
import type { Org } from "../store/org.ts";
import { idOf, type StoredRow } from "../store/stored-row.ts";
import { rowError, type RowError } from "./row-error.ts";

export interface DeletePlan {
  /** Children first. */
  readonly removals: { readonly objectName: string; readonly id: string }[];
  readonly blanks: { readonly objectName: string; readonly id: string; readonly fieldName: string }[];
}

/** What goes along with a row, and what is blanked; or the row that stands in the way. */
export function planDelete(request: { org: Org; object: ObjectSchema; id: string }): { plan: DeletePlan; error: RowError | null } {
  const plan: DeletePlan = { removals: [], blanks: [] };
  const error = visit({ ...request, plan, seen: new Set() });
  return { plan, error };
}

interface Visit {
  readonly org: Org;
  readonly object: ObjectSchema;
  readonly id: string;
  readonly plan: DeletePlan;
  readonly seen: Set<string>;
}

function visit(request: Visit): RowError | null {
  const { org, object, id, plan, seen } = request;
  if (seen.has(id)) return null;
  seen.add(id);
  for (const { child, field } of referencesTo({ org, object })) {
    const ids = [...org.table(child.name).lookup({ fieldName: field.name, value: id })].filter((childId) => !seen.has(childId));
    if (ids.length === 0) continue;
    if (field.deleteRule === "restrict") return restricted({ org, object, id, child, ids });
    for (const childId of ids) {
      if (field.deleteRule === "setNull") {
        plan.blanks.push({ objectName: child.name, id: childId, fieldName: field.name });
        continue;
      }
      const error = visit({ ...request, object: child, id: childId });
      if (error !== null) return error;
    }
  }
  plan.removals.push({ objectName: object.name, id });
  return null;
}

function referencesTo(request: { org: Org; object: ObjectSchema }): { child: ObjectSchema; field: FieldSchema }[] {
  const { org, object } = request;
  return [...org.schema.objects.values()].flatMap((child) =>
    org.table(child.name).size === 0
      ? []
      : [...child.fields.values()].filter(({ referenceTo }) => referenceTo.includes(object.name)).map((field) => ({ child, field })),
  );
}

function restricted(request: { org: Org; object: ObjectSchema; id: string; child: ObjectSchema; ids: readonly string[] }): RowError {
  const { org, object, id, child, ids } = request;
  const nameOf = (row: StoredRow | undefined): string => (row === undefined ? "" : String(row["Name"] ?? idOf(row)));
  const names = ids.slice(0, 5).map((childId) => nameOf(org.table(child.name).get(childId)));
  return rowError({
    statusCode: "DELETE_FAILED",
    message: `Your attempt to delete ${nameOf(org.table(object.name).get(id))} could not be completed because it is associated with the following ${child.label.toLowerCase()}s.: ${names.join(", ")}\n`,
  });
}
