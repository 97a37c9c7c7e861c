import { createAccess, type Access } from "./access/access.ts";
import type { OrgSchema } from "./schema/org-schema.ts";
import { findField } from "./schema/find-object.ts";
import { objectNamed, type Org } from "./store/org.ts";
import type { PermissionSetStore } from "./store/permission-sets.ts";
import type { StoredRow } from "./store/stored-row.ts";
import { RowRefusedError } from "./row-refused-error.ts";
import { createRows } from "./write/create-rows.ts";
import { deleteRows } from "./write/delete-rows.ts";
import type { RowResult } from "./write/row-error.ts";
import { updateRows } from "./write/update-rows.ts";

type Values = Readonly<Record<string, unknown>>;
/** Who acts in the org itself; both see all fields, and read-only ones may be written. */
type Actor = "administrator" | "agent";

/** The org from inside, as staff works in it: flows and rules run, nothing is counted, no fault strikes. */
export interface OutOfBandOrg {
  readonly schema: OrgSchema;
  readonly permissionSets: PermissionSetStore;
  readonly organizationId: string;
  readonly userIds: { readonly integration: string; readonly administrator: string; readonly agent: string };
  /** All fields, null where blank. */
  rows(objectName: string): Record<string, unknown>[];
  /** Answers the id. Throws `RowRefusedError`. */
  insert(request: { objectName: string; values: Values; as?: Actor }): string;
  update(request: { objectName: string; id: string; values: Values; as?: Actor }): void;
  remove(request: { objectName: string; id: string; as?: Actor }): void;
  /** Gives the integration user a permission set that exists. */
  assignPermissionSet(request: { name: string }): void;
  hideField(request: { objectName: string; fieldName: string }): void;
  showField(request: { objectName: string; fieldName: string }): void;
  setDuplicateRule(rule: "off" | "alert" | "block"): void;
  emptyRecycleBin(): void;
  /** Every live row as text, to look for what should not be there; with the recycle bin where asked. */
  dump(request?: { withRecycleBin?: boolean }): string;
}

const NEWEST_VERSION = 68;

export function openOutOfBand(org: Org): OutOfBandOrg {
  const accessOf = (actor: Actor = "administrator"): Access =>
    createAccess({ org, userId: org.users[actor], apiVersion: NEWEST_VERSION, isAdministrator: true, allowsDuplicates: true });
  const insert: OutOfBandOrg["insert"] = ({ objectName, values, as }) =>
    idOf({ objectName, results: createRows({ org, access: accessOf(as), rows: [{ objectName, values }], allOrNone: false }) });
  return {
    schema: org.schema,
    permissionSets: org.permissionSets,
    organizationId: org.organizationId,
    userIds: org.users,
    rows: (objectName) => rowsOf({ org, objectName }),
    insert,
    update({ objectName, id, values, as }) {
      idOf({ objectName, results: updateRows({ org, access: accessOf(as), rows: [{ objectName, values: { ...values, Id: id } }], allOrNone: false }) });
    },
    remove({ objectName, id, as }) {
      idOf({ objectName, results: deleteRows({ org, access: accessOf(as), ids: [id], allOrNone: false }) });
    },
    assignPermissionSet({ name }) {
      const set = org.permissionSets.sets.get(name);
      if (set === undefined) throw new RowRefusedError({ objectName: "PermissionSet", statusCode: "NOT_FOUND", fields: ["Name"] });
      insert({ objectName: "PermissionSetAssignment", values: { PermissionSetId: set.id, AssigneeId: org.users.integration } });
    },
    hideField: (field) => setVisible({ org, ...field, isVisible: false }),
    showField: (field) => setVisible({ org, ...field, isVisible: true }),
    setDuplicateRule: (rule) => void (org.settings.duplicateRule = rule),
    emptyRecycleBin() {
      for (const name of org.schema.objects.keys()) org.table(name).emptyRecycleBin();
    },
    dump: (request) => dump({ org, withRecycleBin: request?.withRecycleBin ?? false }),
  };
}

function idOf(request: { objectName: string; results: readonly RowResult[] }): string {
  const [result] = request.results;
  const [error] = result?.errors ?? [];
  if (result?.success === true && result.id !== undefined) return result.id;
  throw new RowRefusedError({ objectName: request.objectName, statusCode: error?.statusCode ?? "UNKNOWN_EXCEPTION", fields: error?.fields ?? [] });
}

function rowsOf(request: { org: Org; objectName: string }): Record<string, unknown>[] {
  const { org, objectName } = request;
  const object = objectNamed({ org, name: objectName });
  if (object === undefined) return [];
  const names = [...object.fields.values()].filter(({ type }) => type !== "address").map(({ name }) => name);
  const toPlain = (row: StoredRow): Record<string, unknown> => Object.fromEntries(names.map((name) => [name, row[name] ?? null]));
  return [...org.table(object.name).rows()].map(toPlain);
}

function setVisible(request: { org: Org; objectName: string; fieldName: string; isVisible: boolean }): void {
  const { org, objectName, fieldName, isVisible } = request;
  const object = objectNamed({ org, name: objectName });
  const field = object === undefined ? undefined : findField({ object, name: fieldName });
  if (field === undefined) throw new RowRefusedError({ objectName, statusCode: "INVALID_FIELD", fields: [fieldName] });
  field.isVisible = isVisible;
}

function dump(request: { org: Org; withRecycleBin: boolean }): string {
  const { org, withRecycleBin } = request;
  const lines = [...org.schema.objects.keys()].flatMap((name) => {
    const table = org.table(name);
    const rows = withRecycleBin ? [...table.rows(), ...table.deleted()] : [...table.rows()];
    return rows.map((row) => `${name} ${JSON.stringify(row)}`);
  });
  return lines.join("\n");
}
