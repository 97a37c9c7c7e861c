import { idOf, type FieldValue, type StoredRow } from "./stored-row.ts";

const NOBODY: readonly string[] = [];

/** The ids of rows by the value of one field. */
export interface TableIndex {
  add(row: StoredRow): void;
  delete(row: StoredRow): void;
  lookup(value: FieldValue): Iterable<string>;
}

export function createTableIndex(request: { fieldName: string; isCaseSensitive: boolean }): TableIndex {
  const { fieldName, isCaseSensitive } = request;
  // Most values are one row's alone: a set for each would weigh more than the row's values.
  const idsByKey = new Map<FieldValue, string | Set<string>>();
  const keyOf = (value: FieldValue | undefined): FieldValue =>
    typeof value === "string" && !isCaseSensitive ? value.toLowerCase() : (value ?? null);
  return {
    add(row) {
      const key = keyOf(row[fieldName]);
      const standing = idsByKey.get(key);
      if (standing === undefined) idsByKey.set(key, idOf(row));
      else if (typeof standing === "string") idsByKey.set(key, new Set([standing, idOf(row)]));
      else standing.add(idOf(row));
    },
    delete(row) {
      const key = keyOf(row[fieldName]);
      const standing = idsByKey.get(key);
      if (typeof standing === "object") standing.delete(idOf(row));
      if (standing === idOf(row) || (typeof standing === "object" && standing.size === 0)) idsByKey.delete(key);
    },
    lookup(value) {
      const standing = idsByKey.get(keyOf(value)) ?? NOBODY;
      return typeof standing === "string" ? [standing] : standing;
    },
  };
}
