import type { FieldSchema } from "../schema/org-schema.ts";
import { formatDatetime } from "../store/format-datetime.ts";
import { toLongId } from "../store/record-id.ts";
import type { FieldValue } from "../store/stored-row.ts";
import { parseDate, parseDatetime } from "../write/parse-datetime.ts";
import type { Literal } from "./query-tree.ts";
import { SoqlError } from "./soql-error.ts";

const KIND_BY_TYPE: Readonly<Record<string, Literal["kind"]>> = {
  boolean: "boolean", int: "number", double: "number", currency: "number", percent: "number", date: "date", datetime: "datetime",
};

/** The stored form of a literal that a field is compared with; a literal of the wrong kind is refused as Salesforce does. */
export function toComparable(request: { field: FieldSchema; literal: Literal }): FieldValue {
  const { field, literal } = request;
  if (literal.kind === "null") return null;
  const expected = KIND_BY_TYPE[field.type] ?? "string";
  if (literal.kind !== expected) throw wrongKind({ field, expected });
  switch (literal.kind) {
    case "string":
      return field.type === "id" || field.type === "reference" ? toId(literal.text) : literal.text;
    case "number":
      return literal.number;
    case "boolean":
      return literal.boolean;
    case "date":
      return parseDate(literal.text) ?? refuse({ field, text: literal.text });
    case "datetime": {
      const at = parseDatetime(literal.text);
      return at === null ? refuse({ field, text: literal.text }) : formatDatetime(at);
    }
  }
}

function toId(text: string): string | null {
  if (text === "") return null;
  const id = toLongId(text);
  if (id === null) throw new SoqlError({ errorCode: "INVALID_QUERY_FILTER_OPERATOR", message: `invalid ID field: ${text}` });
  return id;
}

function refuse(request: { field: FieldSchema; text: string }): never {
  throw new SoqlError({ errorCode: "INVALID_FIELD", message: `invalid value for field '${request.field.name}': ${request.text}` });
}

function wrongKind(request: { field: FieldSchema; expected: Literal["kind"] }): SoqlError {
  const { field, expected } = request;
  const quotes = expected === "string" ? "should be enclosed in quotes" : "should not be enclosed in quotes";
  const type = expected === "number" ? field.type : expected === "datetime" ? "dateTime" : expected;
  return new SoqlError({
    errorCode: "INVALID_FIELD",
    message: `value of filter criterion for field '${field.name}' must be of type ${type} and ${quotes}`,
  });
}
