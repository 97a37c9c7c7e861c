import type { SimpleType } from "./data-contract.ts";
import { escapeText } from "./escape-text.ts";
import { isCalendarTime, toLocalDateTime } from "./local-date-time.ts";

const DECIMAL = /^[+-]?(?:\d{1,29}(?:\.\d{0,28})?|\.\d{1,28})$/;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const INTEGER = /^[+-]?\d{1,10}$/;

/** A value as the text between its tags; null where it is none of its type. */
export function writeSimpleValue(request: { type: SimpleType; value: unknown }): string | null {
  const { type, value } = request;
  switch (type) {
    case "string":
      return typeof value === "string" ? escapeText(value) : null;
    case "boolean":
      return typeof value === "boolean" ? String(value) : null;
    case "int":
      return isInt(value) ? String(value) : null;
    case "decimal":
      return typeof value === "string" && DECIMAL.test(value) ? value : null;
    case "dateTime":
      return typeof value === "string" && isCalendarTime(value) ? value : null;
    case "guid":
      return typeof value === "string" && GUID.test(value) ? value : null;
  }
}

/** The value of a text; undefined where the text is none of the type. A text alone is kept to the letter: `0033612` stays. */
export function readSimpleValue(request: { type: SimpleType; text: string; timeZone: string }): string | boolean | number | undefined {
  const { type, text, timeZone } = request;
  if (type === "string") return text;
  const lexical = text.trim();
  switch (type) {
    case "boolean":
      return BOOLEANS.get(lexical);
    case "int": {
      const value = INTEGER.test(lexical) ? Number(lexical) : Number.NaN;
      return isInt(value) ? value : undefined;
    }
    case "decimal":
      return DECIMAL.test(lexical) ? lexical : undefined;
    case "dateTime":
      return toLocalDateTime({ text: lexical, timeZone }) ?? undefined;
    case "guid":
      return GUID.test(lexical) ? lexical : undefined;
  }
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);

function isInt(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31;
}
