import type { FieldValue } from "../store/stored-row.ts";

/** Ascending, texts without regard to case, nulls first unless told. */
export function compareValues(request: { left: FieldValue; right: FieldValue; isDescending: boolean; areNullsLast: boolean }): number {
  const { left, right, isDescending, areNullsLast } = request;
  if (left === null || right === null) {
    if (left === right) return 0;
    return (left === null) === areNullsLast ? 1 : -1;
  }
  const order = ascending({ left: fold(left), right: fold(right) });
  return isDescending ? -order : order;
}

function ascending(request: { left: string | number | boolean; right: string | number | boolean }): number {
  const { left, right } = request;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function fold(value: string | number | boolean): string | number | boolean {
  return typeof value === "string" ? value.toLowerCase() : value;
}
