import { addAddressPicklists } from "../address/add-address-picklists.ts";
import { createStandardSchema } from "../schema/create-standard-schema.ts";
import type { ObjectSchema } from "../schema/org-schema.ts";
import { createDisturbances } from "./disturbances.ts";
import { seedOrg } from "./seed-org.ts";
import type { Org } from "./org.ts";
import type { OrgSettings } from "./org-settings.ts";
import { createPermissionSetStore, type PermissionSetStore } from "./permission-sets.ts";
import { makeRecordId } from "./record-id.ts";
import type { StoredRow } from "./stored-row.ts";
import { formatDatetime } from "./format-datetime.ts";
import { createTable, type Table } from "./table.ts";
import { createTransaction } from "./transaction.ts";

const PERMISSION_SET_PREFIX = "0PS";

export function createOrg(request: { settings: OrgSettings; now: () => number; username: string }): Org {
  const { settings, now } = request;
  const schema = createStandardSchema({
    personAccounts: settings.hasPersonAccounts,
    dataProtection: settings.isConsentManagementEnabled,
  });
  if (settings.hasAddressPicklists) addAddressPicklists(schema);
  const transaction = createTransaction();
  const tables = new Map<string, Table>();
  const sequences = new Map<string, number>();
  const nextId = (keyPrefix: string): string => {
    const sequence = (sequences.get(keyPrefix) ?? 0) + 1;
    sequences.set(keyPrefix, sequence);
    return makeRecordId({ keyPrefix, sequence });
  };
  const table = (objectName: string): Table => {
    const standing = tables.get(objectName);
    if (standing !== undefined) return standing;
    const made = createTable({
      transaction,
      ...(objectName === "PermissionSetAssignment" ? { onChange: (change) => follow({ permissionSets, ...change }) } : {}),
    });
    tables.set(objectName, made);
    return made;
  };
  const permissionSets = createPermissionSetStore({
    insertRow: ({ name, label }) => {
      const id = nextId(PERMISSION_SET_PREFIX);
      const at = formatDatetime(now());
      const stamps = { CreatedDate: at, LastModifiedDate: at, SystemModstamp: at };
      table("PermissionSet").insert({ Id: id, IsDeleted: false, Name: name, Label: label, IsOwnedByProfile: false, IsCustom: true, ...stamps });
      return id;
    },
  });
  const ids = seedOrg({ table, nextId, settings, now, username: request.username });
  const nextNumber = createNumbering();
  const newId = (object: ObjectSchema): string => nextId(object.keyPrefix);
  return { schema, settings, permissionSets, transaction, disturbances: createDisturbances(), ...ids, now, table, newId, nextNumber };
}

function createNumbering(): Org["nextNumber"] {
  const next = new Map<string, number>();
  return ({ object, field }) => {
    const key = `${object.name}.${field.name}`;
    const number = next.get(key) ?? field.autoNumber?.startsAt ?? 0;
    next.set(key, number + 1);
    return number;
  };
}

/** An assignment counts from the moment that its row is there. */
function follow(request: { permissionSets: PermissionSetStore; before: StoredRow | null; after: StoredRow | null }): void {
  const { assignments } = request.permissionSets;
  const keyOf = (row: StoredRow): string => `${String(row["AssigneeId"])}:${String(row["PermissionSetId"])}`;
  if (request.before !== null) assignments.delete(keyOf(request.before));
  if (request.after !== null) assignments.add(keyOf(request.after));
}
