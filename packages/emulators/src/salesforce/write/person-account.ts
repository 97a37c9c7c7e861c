import type { ObjectSchema } from "../schema/org-schema.ts";
import { findRow, objectNamed, type Org } from "../store/org.ts";
import type { FieldValue, StoredRow } from "../store/stored-row.ts";
import { rowError, type RowError } from "./row-error.ts";

interface AccountRequest {
  readonly org: Org;
  readonly object: ObjectSchema;
  readonly row: StoredRow;
}

/** By record type; without one, who has a last name is a person. */
export function isPersonAccount(request: { org: Org; row: StoredRow }): boolean {
  const { org, row } = request;
  if (!org.settings.hasPersonAccounts) return false;
  const recordType = findRow({ org, id: String(row["RecordTypeId"] ?? "") });
  return recordType === null ? row["LastName"] !== undefined && row["LastName"] !== null : recordType.row["IsPersonType"] === true;
}

/** The record type that an account without one gets. */
export function defaultRecordType(request: AccountRequest): string | null {
  const { org, object } = request;
  if (object.name !== "Account" || !org.settings.hasPersonAccounts) return null;
  const isPerson = isPersonAccount(request);
  for (const row of org.table("RecordType").rows()) if (row["IsPersonType"] === isPerson) return String(row["Id"]);
  return null;
}

/** A person has no name of its own to write, and a business no fields of a person. */
export function checkPersonAccount(request: AccountRequest & { written: readonly string[] }): RowError | null {
  const { org, object, row, written } = request;
  if (object.name !== "Account" || !org.settings.hasPersonAccounts) return null;
  const isPerson = isPersonAccount({ org, row });
  const wrong = written.filter((name) => (isPerson ? name === "Name" : name === "LastName" || name === "FirstName" || /^Person[A-Z]/.test(name) && row[name] !== undefined && row[name] !== null && row[name] !== false));
  if (wrong.length === 0) return null;
  return rowError({
    statusCode: "INVALID_FIELD_FOR_INSERT_UPDATE",
    message: `Account: bad field names on insert/update call: ${wrong.join(", ")}`,
    fields: wrong,
  });
}

/** The contact that Salesforce keeps behind a person account. Answers its id. */
export function syncPersonContact(request: AccountRequest): string | null {
  const { org, row } = request;
  const contact = objectNamed({ org, name: "Contact" });
  if (contact === undefined || row["IsPersonAccount"] !== true) return null;
  const table = org.table("Contact");
  const known = row["PersonContactId"];
  const standing = typeof known === "string" ? table.get(known) : undefined;
  const id = standing === undefined ? org.newId(contact) : String(standing["Id"]);
  const stamps = Object.fromEntries(["CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp", "OwnerId"].map((name) => [name, row[name]]));
  const values: Record<string, FieldValue> = {};
  for (const { name } of contact.fields.values()) {
    const source = COMMON.has(name) ? name : `Person${name}`;
    if (Object.hasOwn(row, source)) values[name] = row[source] ?? null;
  }
  const made: StoredRow = { ...stamps, ...values, Id: id, IsDeleted: false, IsPersonAccount: true, AccountId: String(row["Id"]), Name: row["Name"] };
  if (standing === undefined) table.insert(made);
  else table.replace(made);
  return id;
}

const COMMON: ReadonlySet<string> = new Set(["FirstName", "LastName", "Salutation", "Phone", "Fax"]);
