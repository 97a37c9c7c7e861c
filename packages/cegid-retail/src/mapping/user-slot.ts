import type { CustomerInputData, CustomerQueryData, UserDefinedId, UserField } from "../soap/data-contract.ts";
import { NO_DATE } from "./local-time.ts";

export type UserFieldValueKind = "text" | "boolean" | "number" | "date" | "listElement";
type DefinedKind = "userDefinedText" | "userDefinedDate" | "userDefinedBoolean" | "userDefinedValue";

/** One place of the tenant's own in a customer record. */
export type UserSlot =
  | { readonly kind: "userField"; readonly id: number; readonly valueKind: UserFieldValueKind }
  | { readonly kind: DefinedKind; readonly id: UserDefinedId }
  | { readonly kind: "userDefinedTable"; readonly id: number };

/** Texts, codes, local times and decimals as text; null: empty. */
export type UserValue = string | boolean | null;

export interface UserWrite {
  readonly slot: UserSlot;
  readonly value: UserValue;
}

type UserMembers = Pick<
  CustomerInputData,
  "UserDefinedTexts" | "UserDefinedDates" | "UserDefinedBooleans" | "UserDefinedValues" | "UserDefinedData" | "UserFields"
>;

/** What a place holds; null where it is empty, a date is 1900-01-01, or it holds another kind than was configured. */
export function readUserSlot(request: { stored: CustomerQueryData | null; slot: UserSlot }): UserValue {
  const { stored, slot } = request;
  if (stored === null) return null;
  return orNull(slot.kind === "userField" ? readUserField({ stored, slot }) : readDefined({ stored, slot }));
}

/**
 * The members that hold these places, whole: an array is sent with everything that it held before, as it is unproven that
 * items that are left out stay; `stored` is null for a server of which that was found out, as what somebody changes in
 * another place between our read and our write is else put back. Members that no write names are absent. Of two writes to
 * one place the later one counts.
 */
export function mergeUserWrites(request: { stored: CustomerQueryData | null; writes: readonly UserWrite[] }): UserMembers {
  const { stored, writes } = request;
  const defined = (kind: DefinedKind): readonly (readonly [UserDefinedId, UserValue])[] =>
    writes.flatMap(({ slot, value }) => (slot.kind === kind ? [[slot.id, value] as const] : []));
  const [texts, dates] = [defined("userDefinedText"), defined("userDefinedDate")];
  const [booleans, values] = [defined("userDefinedBoolean"), defined("userDefinedValue")];
  const fields = writes.flatMap(({ slot, value }) => (slot.kind === "userField" ? [toUserField({ slot, value })] : []));
  const tables = writes.flatMap(({ slot, value }) => (slot.kind === "userDefinedTable" ? [[tableMember(slot.id), textOf(value)] as const] : []));
  return {
    ...(texts.length === 0 ? {} : { UserDefinedTexts: mergeById(stored?.UserDefinedTexts, texts.map(([Id, value]) => ({ Id, Value: textOf(value) }))) }),
    ...(dates.length === 0 ? {} : { UserDefinedDates: mergeById(stored?.UserDefinedDates, dates.map(([Id, value]) => ({ Id, Value: dateOf(value) }))) }),
    ...(booleans.length === 0 ? {} : { UserDefinedBooleans: mergeById(stored?.UserDefinedBooleans, booleans.map(([Id, value]) => ({ Id, Value: value === true }))) }),
    ...(values.length === 0 ? {} : { UserDefinedValues: mergeById(stored?.UserDefinedValues, values.map(([Id, value]) => ({ Id, Value: decimalOf(value) }))) }),
    ...(tables.length === 0 ? {} : { UserDefinedData: { ...stored?.UserDefinedData, ...Object.fromEntries(tables) } }),
    ...(fields.length === 0 ? {} : { UserFields: mergeById(stored?.UserFields, fields) }),
  };
}

function mergeById<Item extends { readonly Id?: string | number | null | undefined }>(
  stored: readonly Item[] | null | undefined,
  written: readonly Item[],
): readonly Item[] {
  const byId = new Map([...(stored ?? []), ...written].map((item) => [item.Id, item]));
  return [...byId.values()].toSorted((left, right) => Number(left.Id) - Number(right.Id));
}

function readDefined(request: { stored: CustomerQueryData; slot: Exclude<UserSlot, { kind: "userField" }> }): UserValue | undefined {
  const { stored, slot } = request;
  if (slot.kind === "userDefinedTable") return stored.UserDefinedData?.[tableMember(slot.id)];
  const has = ({ Id }: { readonly Id?: UserDefinedId | null | undefined }): boolean => Id === slot.id;
  if (slot.kind === "userDefinedText") return stored.UserDefinedTexts?.find(has)?.Value;
  if (slot.kind === "userDefinedDate") return stored.UserDefinedDates?.find(has)?.Value;
  if (slot.kind === "userDefinedBoolean") return stored.UserDefinedBooleans?.find(has)?.Value;
  return stored.UserDefinedValues?.find(has)?.Value;
}

function readUserField(request: { stored: CustomerQueryData; slot: Extract<UserSlot, { kind: "userField" }> }): UserValue | undefined {
  const { stored, slot } = request;
  const field = stored.UserFields?.find(({ Id }) => Id === slot.id);
  return field === undefined ? null : field[FIELD_MEMBERS[slot.valueKind].member];
}

const FIELD_MEMBERS = {
  text: { member: "TextValue", kind: "TextValueKind" },
  boolean: { member: "BooleanValue", kind: "BooleanValueKind" },
  number: { member: "NumberValue", kind: "NumberValueKind" },
  date: { member: "DateValue", kind: "DateValueKind" },
  listElement: { member: "ListElementValue", kind: "ListElementValueKind" },
} as const;

function toUserField(request: { slot: Extract<UserSlot, { kind: "userField" }>; value: UserValue }): UserField {
  const { slot, value } = request;
  const base = { Id: slot.id, ValueType: FIELD_MEMBERS[slot.valueKind].kind };
  if (slot.valueKind === "boolean") return { ...base, BooleanValue: value === true };
  if (slot.valueKind === "number") return { ...base, NumberValue: decimalOf(value) };
  if (slot.valueKind === "date") return { ...base, DateValue: dateOf(value) };
  return slot.valueKind === "text" ? { ...base, TextValue: textOf(value) } : { ...base, ListElementValue: textOf(value) };
}

function tableMember(id: number): keyof NonNullable<CustomerQueryData["UserDefinedData"]> {
  return `UserDefinedTable${id}Value` as keyof NonNullable<CustomerQueryData["UserDefinedData"]>;
}

function orNull(value: UserValue | undefined): UserValue {
  return value === undefined || value === "" || value === NO_DATE ? null : value;
}

function textOf(value: UserValue): string {
  return typeof value === "string" ? value : "";
}

function dateOf(value: UserValue): string {
  return typeof value === "string" ? value : NO_DATE;
}

function decimalOf(value: UserValue): string {
  return typeof value === "string" ? value : "0";
}
