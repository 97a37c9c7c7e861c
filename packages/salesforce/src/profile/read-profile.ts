import { ConnectorError, type Identifier, type JsonValue, type ProfilesFacetV1, type StoredProfileV1 } from "@volenti/core/adapter";
import { addressMode, type AddressMode } from "../mapping/address-mode.ts";
import { isPlainValue, type ProfileField } from "../mapping/profile-fields.ts";
import { fieldNameOf } from "../mapping/profile-row.ts";
import { changedAtOf } from "../mapping/profile-stamp.ts";
import { fieldName, soql } from "../query/soql.ts";
import { REF_FIELD } from "../schema/names.ts";
import type { Settings } from "../settings.ts";
import { CONNECTOR_ID, type SalesforceRow, type SalesforceSession } from "../transport/salesforce-session.ts";
import { isSameIdentifier } from "./same-identifier.ts";

const GET = "profiles.get";
const FIND = "profiles.find";
const MODIFIED = "LastModifiedDate";

/** Reads profiles by ref, and finds people by the match keys: those known to us, customers who are not linked are nobody. */
export function createProfileReader(session: SalesforceSession): ProfilesFacetV1 {
  return {
    get: ({ subjectRef }) => getProfile({ session, subjectRef }),
    find: ({ identifier }) => findPerson({ session, identifier }),
  };
}

async function getProfile(request: { session: SalesforceSession; subjectRef: string }): Promise<StoredProfileV1 | null> {
  const { session, subjectRef } = request;
  session.context(GET);
  const { objectName, fields } = session.settings.profile;
  const mode = await addressMode({ session, operation: GET });
  const columns = [...fields.values()].flatMap((field) => [fieldNameOf({ field, mode }), field.stampField]);
  const query = soql`SELECT ${[...new Set([REF_FIELD, MODIFIED, ...columns])].map(fieldName)} FROM ${fieldName(objectName)} WHERE ${fieldName(REF_FIELD)} = ${subjectRef} AND ${fieldName(REF_FIELD)} != null`;
  for await (const row of session.query({ soql: query, operation: GET })) {
    if (row[REF_FIELD] === subjectRef) return toStoredProfile({ row, mode, settings: session.settings });
  }
  return null;
}

/** Null for a record that bears nothing of a profile, not even the instant of an attribute that was cleared. */
function toStoredProfile(request: { row: SalesforceRow; mode: AddressMode; settings: Settings }): StoredProfileV1 | null {
  const { row, mode, settings } = request;
  const fields = [...settings.profile.fields.values()];
  const attributes = fields.flatMap((field) => {
    const value = readAttribute({ row, field, mode, settings });
    return value === null ? [] : [[field.attribute, { value, ...dateOf({ row, field }) }] as const];
  });
  if (attributes.length === 0 && fields.every(({ stampField }) => typeof row[stampField] !== "number")) return null;
  return { subjectRef: String(row[REF_FIELD]), attributes: Object.fromEntries(attributes) };
}

/** The value of an attribute as a row holds it; null where it holds none. */
export function readAttribute(request: { row: SalesforceRow; field: ProfileField; mode: AddressMode; settings: Settings }): JsonValue {
  const { row, field, mode, settings } = request;
  const value = row[fieldNameOf({ field, mode })];
  if (value === undefined || value === null || !isPlainValue(value as JsonValue)) return null;
  // A contact cannot be without a family name.
  if (field.attribute === "familyName" && value === settings.placeholderFamilyName) return null;
  // Salesforce's own forms write a line's end as two characters.
  return field.type === "multiline" && typeof value === "string" ? value.replaceAll("\r\n", "\n") : (value as JsonValue);
}

/** Attributes that were there before us have no stamp: the record's own is the least that can be said. */
function dateOf(request: { row: SalesforceRow; field: ProfileField }): { changedAt: number; dateOf?: "record" } {
  const { row, field } = request;
  const stamp = row[field.stampField];
  if (typeof stamp === "number") return { changedAt: changedAtOf(stamp) };
  const modified = row[MODIFIED];
  return { changedAt: (typeof modified === "string" ? Date.parse(modified) : Number.NaN) || 0, dateOf: "record" };
}

async function findPerson(request: { session: SalesforceSession; identifier: Identifier }): Promise<string | null> {
  const { session, identifier } = request;
  const { kind, value } = identifier;
  session.context(FIND);
  const keys = session.settings.matchKeys.filter((key) => key.kind === kind).map(({ field }) => field);
  // "Nobody" would be a guess about a kind that no field holds.
  if (keys.length === 0) throw new ConnectorError({ code: "unsupported", connectorId: CONNECTOR_ID, operation: FIND });
  const found = new Map<string, string>();
  for (const field of keys) {
    const query = soql`SELECT ${["Id", REF_FIELD, field].map(fieldName)} FROM ${fieldName(session.settings.profile.objectName)} WHERE ${fieldName(field)} = ${value} AND ${fieldName(REF_FIELD)} != null`;
    for await (const row of session.query({ soql: query, operation: FIND })) {
      const ref = row[REF_FIELD];
      if (typeof ref === "string" && isSameIdentifier({ kind, stored: row[field], value })) found.set(ref, String(row["Id"]));
    }
  }
  if (found.size > 1) throw new ConnectorError({ code: "conflict", connectorId: CONNECTOR_ID, operation: FIND, recordIds: [...found.values()] });
  const [ref] = found.keys();
  return ref ?? null;
}
