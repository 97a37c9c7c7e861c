import type { JsonValue } from "@volenti/core/adapter";
import { addressMode, type AddressMode } from "../mapping/address-mode.ts";
import { fieldNameOf } from "../mapping/profile-row.ts";
import { changedAtOf } from "../mapping/profile-stamp.ts";
import { readAttribute } from "../profile/read-profile.ts";
import { fieldName, soql, soqlInstant } from "../query/soql.ts";
import { REF_FIELD, TEST_FIELD } from "../schema/names.ts";
import type { SalesforceRow, SalesforceSession } from "../transport/salesforce-session.ts";
import type { FoundChange } from "./found-change.ts";
import { isOfStaff } from "./is-of-staff.ts";

/** A profile record that was modified, with what may have been changed by hand in it. */
export interface ChangedProfile {
  readonly at: number;
  /** The record's LastModifiedDate, epoch milliseconds of a whole second: what anybody set in it was set by then. */
  readonly modifiedAt: number;
  readonly id: string;
  readonly subjectRef: string;
  readonly modifiedBy: string | undefined;
  readonly test: boolean;
  readonly row: SalesforceRow;
}

/** Profile records of people known to us that anybody, our own user included, modified since, oldest first. */
export async function* readChangedProfiles(request: {
  session: SalesforceSession;
  operation: string;
  from: number;
  signal: AbortSignal | undefined;
}): AsyncGenerator<ChangedProfile> {
  const { session, operation, from, signal } = request;
  const { profile, optOutFlags } = session.settings;
  const mode = await addressMode({ session, operation });
  const attributes = [...profile.fields.values()].flatMap((field) => [fieldNameOf({ field, mode }), field.stampField]);
  const flags = [...optOutFlags.values()].flatMap(({ field, stampField }) => [field, stampField]);
  const columns = [...new Set(["Id", REF_FIELD, TEST_FIELD, "SystemModstamp", "LastModifiedDate", "LastModifiedById", ...attributes, ...flags])].map(fieldName);
  const query = soql`SELECT ${columns} FROM ${fieldName(profile.objectName)} WHERE ${fieldName(REF_FIELD)} != null AND SystemModstamp >= ${soqlInstant(from)} ORDER BY SystemModstamp, Id`;
  for await (const row of session.query({ soql: query, operation, ...(signal === undefined ? {} : { signal }) })) {
    const [subjectRef, user] = [row[REF_FIELD], row["LastModifiedById"]];
    if (typeof subjectRef !== "string") continue;
    yield {
      at: Date.parse(String(row["SystemModstamp"])),
      modifiedAt: Date.parse(String(row["LastModifiedDate"])) || 0,
      id: String(row["Id"]),
      subjectRef,
      modifiedBy: typeof user === "string" ? user : undefined,
      test: row[TEST_FIELD] === true,
      row,
    };
  }
}

/** The attributes that people edited since, a change an instant: what stands longer must not be told as newer than it is. */
export function attributeChanges(request: {
  profile: ChangedProfile;
  session: SalesforceSession;
  mode: AddressMode;
  since: number;
}): readonly FoundChange[] {
  const { profile, session, mode, since } = request;
  const { subjectRef, row, id, at, test } = profile;
  const byStamp = new Map<number, [string, JsonValue][]>();
  for (const field of session.settings.profile.fields.values()) {
    const stamp = row[field.stampField];
    if (typeof stamp !== "number" || !isOfStaff(stamp) || changedAtOf(stamp) < since) continue;
    const value = readAttribute({ row, field, mode, settings: session.settings });
    byStamp.set(stamp, [...(byStamp.get(stamp) ?? []), [field.attribute, value]]);
  }
  return [...byStamp].toSorted(([left], [right]) => left - right).map(([stamp, attributes]) => ({
    kind: "profile",
    subjectRef,
    at,
    changedAt: changedAtOf(stamp),
    changeId: `${id}:profile:${stamp}`,
    attributes: Object.fromEntries(attributes),
    by: staffOf(profile),
    test,
  }));
}

/** Who changed the record last: it tells of no one before. */
export function staffOf(profile: ChangedProfile): NonNullable<FoundChange["by"]> {
  return { kind: "staff", ...(profile.modifiedBy === undefined ? {} : { ref: profile.modifiedBy }) };
}
