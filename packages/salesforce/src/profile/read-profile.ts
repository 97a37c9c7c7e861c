import type { Identifier, JsonValue, ProfilesFacetV1, StoredProfileV1 } from "@volenti/core/adapter";
import { addressMode, type AddressMode } from "../mapping/address-mode.ts";
import { isPlainValue, type ProfileField } from "../mapping/profile-fields.ts";
import { fieldNameOf } from "../mapping/profile-row.ts";
import { changedAtOf } from "../mapping/profile-stamp.ts";
import { fieldName, soql, type Soql } from "../query/soql.ts";
import { REF_FIELD } from "../schema/names.ts";
import type { Settings } from "../settings.ts";
import type { SalesforceRow, SalesforceSession } from "../transport/salesforce-session.ts";
import { tellMatch, toMatchQuery } from "./match-identifier.ts";

const GET = "profiles.get";
const FIND = "profiles.find";
const MODIFIED = "LastModifiedDate";

/** Reads profiles by ref, and finds people by the match keys. A customer who is not linked is held, and nobody whom a ref names. */
export function createProfileReader(session: SalesforceSession): ProfilesFacetV1 {
  return {
    get: ({ subjectRef }) => getProfile({ session, subjectRef }),
    find: ({ identifier }) => findPerson({ session, identifier }),
  };
}

async function getProfile(request: { session: SalesforceSession; subjectRef: string }): Promise<StoredProfileV1 | null> {
  const { session, subjectRef } = request;
  session.context(GET);
  const mode = await addressMode({ session, operation: GET });
  const query = toProfileQuery({ settings: session.settings, mode, subjectRef });
  for await (const row of session.query({ soql: query, operation: GET })) {
    if (row[REF_FIELD] === subjectRef) return toStoredProfile({ row, mode, settings: session.settings });
  }
  return null;
}

/** Asks for the profile record of a ref. */
export function toProfileQuery(request: { settings: Settings; mode: AddressMode; subjectRef: string }): Soql {
  const { settings, subjectRef } = request;
  const ref = fieldName(REF_FIELD);
  return soql`SELECT ${profileColumns(request).map(fieldName)} FROM ${fieldName(settings.profile.objectName)} WHERE ${ref} = ${subjectRef} AND ${ref} != null`;
}

/** The columns that {@link toStoredProfile} reads. */
export function profileColumns(request: { settings: Settings; mode: AddressMode }): readonly string[] {
  const { settings, mode } = request;
  const columns = [...settings.profile.fields.values()].flatMap((field) => [fieldNameOf({ field, mode }), field.stampField]);
  return [...new Set([REF_FIELD, MODIFIED, ...columns])];
}

/** Null for a record that bears nothing of a profile, not even the instant of an attribute that was cleared. */
export function toStoredProfile(request: { row: SalesforceRow; mode: AddressMode; settings: Settings }): StoredProfileV1 | null {
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
  session.context(FIND);
  const search = { settings: session.settings, identifier, operation: FIND };
  const rows: SalesforceRow[] = [];
  for await (const row of session.query({ soql: toMatchQuery({ ...search, columns: [] }), operation: FIND })) rows.push(row);
  const match = tellMatch({ ...search, rows });
  return match === null ? null : String(match[REF_FIELD]);
}
