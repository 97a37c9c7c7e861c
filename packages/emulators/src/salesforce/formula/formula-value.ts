/** What a formula answers. Null is a blank, which Salesforce tells from false: neither `x > 1` nor its `NOT` holds for a blank. */
export type FormulaValue =
  | string
  | number
  | boolean
  | null
  /** Epoch milliseconds. */
  | { kind: "datetime"; at: number }
  /** `YYYY-MM-DD`. */
  | { kind: "date"; text: string };

export function isDatetime(value: FormulaValue): value is { kind: "datetime"; at: number } {
  return typeof value === "object" && value !== null && value.kind === "datetime";
}

export function isDate(value: FormulaValue): value is { kind: "date"; text: string } {
  return typeof value === "object" && value !== null && value.kind === "date";
}

/** A blank of a text is the empty text, and the other way round. */
export function isBlank(value: FormulaValue): boolean {
  return value === null || value === "";
}
