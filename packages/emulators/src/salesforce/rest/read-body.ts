import { refusal, type ApiAnswer } from "./api-answer.ts";

type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function malformedBody(message: string): ApiAnswer {
  return refusal({ status: 400, errorCode: "JSON_PARSER_ERROR", message });
}

/** The name in `attributes.type` of a row; null where there is none. */
export function typeNameOf(row: JsonObject): string | null {
  const { attributes } = row;
  const type = isObject(attributes) ? attributes["type"] : undefined;
  return typeof type === "string" && type !== "" ? type : null;
}
