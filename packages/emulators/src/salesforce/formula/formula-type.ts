import type { FieldType } from "../schema/org-schema.ts";
import { FormulaError } from "./formula-error.ts";

/** What Salesforce checks formulas with. `null` is the type of NULL, which fits everywhere. */
export type FormulaType = "text" | "number" | "boolean" | "date" | "datetime" | "time" | "picklist" | "multipicklist" | "null";

const TYPES: Readonly<Record<FieldType, FormulaType | null>> = {
  id: "text",
  string: "text",
  textarea: "text",
  email: "text",
  phone: "text",
  url: "text",
  reference: "text",
  picklist: "picklist",
  multipicklist: "multipicklist",
  boolean: "boolean",
  int: "number",
  double: "number",
  currency: "number",
  percent: "number",
  date: "date",
  datetime: "datetime",
  time: "time",
  address: null,
};

const NAMES: Readonly<Record<FormulaType, string>> = {
  text: "Text",
  number: "Number",
  boolean: "Boolean",
  date: "Date",
  datetime: "DateTime",
  time: "Time",
  picklist: "Picklist",
  multipicklist: "Multi-Select Picklist",
  null: "Null",
};

/** The type that a field has in formulas. Throws a `FormulaError` for compound fields. */
export function toFormulaType(request: { path: string; type: FieldType }): FormulaType {
  const type = TYPES[request.type];
  if (type === null) throw new FormulaError(`Field ${request.path} may not be used in this type of formula`);
  return type;
}

export function nameFormulaTypes(types: readonly FormulaType[]): string {
  return types.map((type) => NAMES[type]).join(", ");
}

export function isPicklistType(type: FormulaType): boolean {
  return type === "picklist" || type === "multipicklist";
}
