import type { FieldSchema } from "../schema/org-schema.ts";
import { formatDatetime } from "../store/format-datetime.ts";
import type { FieldValue } from "../store/stored-row.ts";
import { refuseToDeserialize } from "./deserialization-error.ts";
import { parseDate, parseDatetime, parseTime } from "./parse-datetime.ts";

/**
 * The stored form of a value that came as JSON, or as text of a CSV. Blank texts are null, texts are trimmed, instants
 * lose what is below the second. Throws `DeserializationError` for a value that is of another type.
 */
export function parseValue(request: { field: FieldSchema; value: unknown; acceptsTexts: boolean }): FieldValue {
  const { field, value, acceptsTexts } = request;
  if (value === null || value === "") return null;
  switch (field.type) {
    case "boolean":
      return parseBoolean({ value, acceptsTexts });
    case "int":
    case "double":
    case "currency":
    case "percent":
      return parseNumber({ field, value, acceptsTexts });
    case "date":
    case "datetime":
    case "time":
      return parseMoment({ type: field.type, value });
    default:
      return parseText(value);
  }
}

function parseText(value: unknown): FieldValue {
  if (typeof value !== "string") throw refuseToDeserialize({ type: "string", value });
  const trimmed = value.trim();
  return trimmed === "" ? null : trimmed;
}

function parseBoolean(request: { value: unknown; acceptsTexts: boolean }): boolean {
  const { value, acceptsTexts } = request;
  if (typeof value === "boolean") return value;
  if (acceptsTexts && typeof value === "string" && /^(?:true|false|1|0)$/i.test(value)) return /^(?:true|1)$/i.test(value);
  throw refuseToDeserialize({ type: "boolean", value });
}

function parseNumber(request: { field: FieldSchema; value: unknown; acceptsTexts: boolean }): number {
  const { field, value, acceptsTexts } = request;
  const isText = acceptsTexts && typeof value === "string" && /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(value);
  const number = isText ? Number(value) : value;
  const type = field.type === "int" ? "int" : "double";
  if (typeof number !== "number" || !Number.isFinite(number)) throw refuseToDeserialize({ type, value });
  if (type === "int" && !Number.isInteger(number)) throw refuseToDeserialize({ type, value });
  return number;
}

function parseMoment(request: { type: "date" | "datetime" | "time"; value: unknown }): string {
  const { type, value } = request;
  if (typeof value !== "string") throw refuseToDeserialize({ type, value });
  const at = type === "datetime" ? parseDatetime(value) : null;
  const text = type === "datetime" ? (at === null ? null : formatDatetime(at)) : type === "date" ? parseDate(value) : parseTime(value);
  if (text === null) throw refuseToDeserialize({ type, value });
  return text;
}
