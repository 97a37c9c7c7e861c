import type { FieldSchema } from "../schema/org-schema.ts";

const PLAIN: Readonly<Partial<Record<FieldSchema["type"], string>>> = {
  boolean: "Checkbox", date: "Date", datetime: "Date/Time", time: "Time", email: "Email", phone: "Phone", picklist: "Picklist",
  multipicklist: "Picklist (Multi-Select)", address: "Address", id: "Id",
};

/** A type as setup pages show it: `Text(64) (External ID) (Unique Case Insensitive)`. */
export function describeDataType(field: FieldSchema): string {
  const uniqueness = field.isUnique ? ` (Unique Case ${field.isCaseSensitive ? "Sensitive" : "Insensitive"})` : "";
  return nameOf(field) + (field.isExternalId ? " (External ID)" : "") + uniqueness;
}

function nameOf(field: FieldSchema): string {
  const { type, length, precision, scale } = field;
  if (field.autoNumber !== undefined) return "Auto Number";
  const digits = `(${precision - scale}, ${scale})`;
  switch (type) {
    case "string":
      return `Text(${length})`;
    case "textarea":
      return length > 255 ? `Long Text Area(${length})` : `Text Area(${length})`;
    case "url":
      return `URL(${length})`;
    case "int":
    case "double":
      return `Number${digits}`;
    case "currency":
      return `Currency${digits}`;
    case "percent":
      return `Percent${digits}`;
    case "reference":
      return `Lookup(${field.referenceTo.join(",")})`;
    default:
      return PLAIN[type] ?? type;
  }
}
