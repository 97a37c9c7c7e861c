import type { FieldType } from "../schema/org-schema.ts";
import { FormulaError } from "./formula-error.ts";
import type { FormulaValue } from "./formula-value.ts";

/** A stored JSON value as a formula sees it. */
export function toFormulaValue(request: { path: string; type: FieldType; stored: unknown }): FormulaValue {
  const { path, type, stored } = request;
  if (type === "boolean") return stored === true;
  if (stored === null || stored === undefined || stored === "") return null;
  const text = typeof stored === "string" ? stored : JSON.stringify(stored);
  switch (type) {
    case "int":
    case "double":
    case "currency":
      return Number(stored);
    case "percent":
      return Number(stored) / 100;
    case "datetime":
      return toDatetime({ path, text });
    case "date":
      return { kind: "date", text: text.slice(0, 10) };
    default:
      return text;
  }
}

/** A formula's value as records keep it: datetimes as Salesforce's REST API writes them. */
export function toStoredValue(value: FormulaValue): string | number | boolean | null {
  if (typeof value !== "object" || value === null) return value;
  return value.kind === "date" ? value.text : new Date(value.at).toISOString().replace("Z", "+0000");
}

function toDatetime({ path, text }: { path: string; text: string }): FormulaValue {
  const at = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, "$1:$2"));
  if (Number.isNaN(at)) throw new FormulaError(`Field ${path} holds no date/time`);
  return { kind: "datetime", at };
}
