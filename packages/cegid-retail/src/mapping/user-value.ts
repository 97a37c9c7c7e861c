import type { JsonValue } from "@volenti/core/adapter";
import { isStorableText } from "./is-storable-text.ts";
import { LONGEST_USER_TEXT } from "./profile-target.ts";
import type { UserSlot, UserValue } from "./user-slot.ts";

const CALENDAR_DATE = /^\d{4}-\d{2}-\d{2}$/;
const DECIMAL = /^-?\d+(?:\.\d+)?$/;

/**
 * An attribute as a user-defined value. Null clears: a boolean is then false, and comes back as that. Undefined for what the
 * place cannot hold to the letter: another kind of value, a number 0 or a date of 1900 or before, which Y2 has for none.
 */
export function toUserValue(request: { value: JsonValue; slot: UserSlot }): UserValue | undefined {
  const { value, slot } = request;
  const kind = kindOf(slot);
  if (value === null) return null;
  if (kind === "boolean") return typeof value === "boolean" ? value : undefined;
  if (kind === "number") return typeof value === "number" && value !== 0 && DECIMAL.test(String(value)) ? String(value) : undefined;
  if (typeof value !== "string") return undefined;
  if (kind === "date") return isDate(value) ? `${value}T00:00:00` : undefined;
  return isStorableText({ text: value, longest: LONGEST_USER_TEXT }) ? value : undefined;
}

/** The attribute's value; null where the place is empty. */
export function fromUserValue(request: { value: UserValue; slot: UserSlot }): string | number | boolean | null {
  const { value, slot } = request;
  const kind = kindOf(slot);
  if (typeof value !== "string") return kind === "boolean" ? value : null;
  if (kind === "number") return Number(value) === 0 ? null : Number(value);
  return kind === "date" ? value.slice(0, 10) : value;
}

function kindOf(slot: UserSlot): "text" | "boolean" | "number" | "date" {
  if (slot.kind === "userDefinedBoolean") return "boolean";
  if (slot.kind === "userDefinedValue") return "number";
  if (slot.kind === "userDefinedDate") return "date";
  if (slot.kind !== "userField" || slot.valueKind === "listElement") return "text";
  return slot.valueKind;
}

function isDate(text: string): boolean {
  if (!CALENDAR_DATE.test(text) || text < "1901") return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}
