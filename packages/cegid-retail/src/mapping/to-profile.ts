import type { JsonValue, StoredAttributeV1 } from "@volenti/core/adapter";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import type { Settings } from "../settings.ts";
import { fromBirthDate } from "./birth-date.ts";
import { fromCountry, fromGender, fromLanguage } from "./coded-values.ts";
import { toInstant } from "./local-time.ts";
import type { ProfileTarget } from "./profile-target.ts";
import { readTextMember } from "./read-text-member.ts";
import { fromStreetLines } from "./street-lines.ts";
import { readUserSlot } from "./user-slot.ts";
import { fromUserValue } from "./user-value.ts";

/**
 * A record's attributes by dotted name; empty ones are absent. Y2 keeps no time an attribute: `changedAt` is that of the
 * record's last change (epoch milliseconds), 0 where it is not told.
 */
export function toProfile(request: {
  settings: Settings;
  stored: CustomerQueryData;
}): Readonly<Record<string, StoredAttributeV1>> {
  const { settings, stored } = request;
  const changedAt = readChangedAt(request) ?? 0;
  return Object.fromEntries(
    [...settings.profile.targets].flatMap(([attribute, target]) => {
      const value = readAttribute({ settings, stored, attribute, target });
      return value === null ? [] : [[attribute, { value, changedAt, dateOf: "record" as const }] as const];
    }),
  );
}

/** Epoch milliseconds of the record's last change, by the server's clock; null where it is not told. */
export function readChangedAt(request: { settings: Pick<Settings, "timeZone">; stored: CustomerQueryData }): number | null {
  const { settings: { timeZone }, stored: { LastDateUpdate: local } } = request;
  return typeof local === "string" ? toInstant({ local, timeZone }) : null;
}

/** Null where the record has none; the placeholder of a family name is none. */
export function readAttribute(request: { settings: Settings; stored: CustomerQueryData; attribute: string; target: ProfileTarget }): JsonValue {
  const { settings: { profile }, stored, attribute, target } = request;
  if (target.kind === "user") return fromUserValue({ value: readUserSlot({ stored, slot: target.slot }), slot: target.slot });
  if (target.kind === "text") {
    const text = readTextMember({ data: stored, path: target.path });
    return attribute === "familyName" && text === profile.placeholderLastName ? null : text;
  }
  if (target.kind === "birthdate") return fromBirthDate(stored.BirthDateData);
  if (target.kind === "gender") return fromGender({ stored, profile });
  if (target.kind === "locale") return fromLanguage({ stored, profile });
  if (target.kind === "street") return fromStreetLines(stored.AddressData);
  return fromCountry({ stored, profile });
}
