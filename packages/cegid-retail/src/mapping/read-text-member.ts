import type { CustomerQueryData } from "../soap/data-contract.ts";

/** A text member of a record, its own or of a nested class (`EmailData.Email`); null where it is empty, or no text. */
export function readTextMember(request: { data: CustomerQueryData; path: string }): string | null {
  let value: unknown = request.data;
  for (const name of request.path.split(".")) {
    value = typeof value === "object" && value !== null ? Object.entries(value).find(([member]) => member === name)?.[1] : undefined;
  }
  return typeof value === "string" && value !== "" ? value : null;
}
