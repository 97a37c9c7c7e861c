import type { FieldSchema } from "../schema/org-schema.ts";
import type { FieldValue } from "../store/stored-row.ts";
import type { Literal } from "./query-tree.ts";
import { SoqlError } from "./soql-error.ts";

/** `%` any run, `_` any one character, both plain behind a backslash; without regard to case. */
export function compileLike(request: { field: FieldSchema; literal: Literal }): (value: FieldValue) => boolean {
  const { field, literal } = request;
  const isText = !["boolean", "int", "double", "currency", "percent", "date", "datetime", "id", "reference"].includes(field.type);
  if (literal.kind !== "string" || !isText) {
    throw new SoqlError({ errorCode: "INVALID_QUERY_FILTER_OPERATOR", message: `invalid operator on ${field.type} field` });
  }
  const pattern = new RegExp(`^${toPattern(literal.raw)}$`, "isu");
  return (value) => typeof value === "string" && pattern.test(value);
}

function toPattern(raw: string): string {
  return raw.replace(/\\([\s\S])|([%_])|([\s\S])/g, (_match, escaped: string | undefined, wild: string | undefined, plain: string | undefined) => {
    if (wild !== undefined) return wild === "%" ? ".*" : ".";
    return quote(escaped ?? plain ?? "");
  });
}

function quote(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
