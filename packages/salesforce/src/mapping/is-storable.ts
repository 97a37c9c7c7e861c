import type { JsonValue } from "@volenti/core/adapter";
import { isPlainValue, type ProfileField } from "./profile-fields.ts";

/** A full calendar date: OpenID Connect also allows a year alone and the year 0000, which a Date field does not. */
const CALENDAR_DATE = /^(?!0000)\d{4}-\d{2}-\d{2}$/;
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f]/;
const CONTROL_CHARACTERS_BUT_NEWLINE = /[\u0000-\u0009\u000b-\u001f\u007f]/;

/**
 * Whether the org keeps the value to the letter. Salesforce trims texts, takes an empty one for none, and turns some
 * control characters into blanks: such values are refused rather than changed. Lengths that only the org knows are its
 * own to check.
 */
export function isStorable(request: { value: JsonValue; field: ProfileField }): boolean {
  const { value, field } = request;
  if (value === null) return true;
  if (!isPlainValue(value)) return false;
  if (typeof value === "boolean") return field.type === "brand";
  if (typeof value === "number") return field.type === "brand" && Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  if (value === "" || value.trim() !== value) return false;
  if (field.length !== null && value.length > field.length) return false;
  if (field.type === "date") return CALENDAR_DATE.test(value);
  return !(field.type === "multiline" ? CONTROL_CHARACTERS_BUT_NEWLINE : CONTROL_CHARACTERS).test(value);
}
