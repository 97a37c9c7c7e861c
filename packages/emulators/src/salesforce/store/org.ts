import { findObject } from "../schema/find-object.ts";
import type { FieldSchema, ObjectSchema, OrgSchema } from "../schema/org-schema.ts";
import type { Disturbances } from "./disturbances.ts";
import type { OrgSettings } from "./org-settings.ts";
import type { PermissionSetStore } from "./permission-sets.ts";
import type { StoredRow } from "./stored-row.ts";
import type { Table } from "./table.ts";
import type { Transaction } from "./transaction.ts";

/** One org: its schema, its rows, who may see what, and what disturbs it just now. */
export interface Org {
  readonly schema: OrgSchema;
  readonly settings: OrgSettings;
  readonly permissionSets: PermissionSetStore;
  readonly transaction: Transaction;
  readonly disturbances: Disturbances;
  readonly organizationId: string;
  readonly users: { readonly integration: string; readonly administrator: string; readonly agent: string };
  /** Epoch milliseconds. */
  readonly now: () => number;
  table(objectName: string): Table;
  newId(object: ObjectSchema): string;
  /** The next number of a field that numbers rows. What a refused row took is not given again. */
  nextNumber(request: { object: ObjectSchema; field: FieldSchema }): number;
}

export function findRow(request: { org: Org; id: string }): { object: ObjectSchema; row: StoredRow } | null {
  const object = findObjectOfId(request);
  const row = object === null ? undefined : request.org.table(object.name).get(request.id);
  return object === null || row === undefined ? null : { object, row };
}

export function findObjectOfId(request: { org: Org; id: string }): ObjectSchema | null {
  const keyPrefix = request.id.slice(0, 3);
  for (const object of request.org.schema.objects.values()) if (object.keyPrefix === keyPrefix) return object;
  return null;
}

export function objectNamed(request: { org: Org; name: string }): ObjectSchema | undefined {
  return findObject({ schema: request.org.schema, name: request.name });
}
