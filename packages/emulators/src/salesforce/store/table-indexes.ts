import type { FieldValue, StoredRow } from "./stored-row.ts";
import { createTableIndex, type TableIndex } from "./table-index.ts";

/** The indexes of one table: each is made when it is first asked, and follows every change from then on. */
export interface TableIndexes {
  readonly follow: (change: { before: StoredRow | null; after: StoredRow | null }) => void;
  readonly lookup: (request: { fieldName: string; value: FieldValue; isCaseSensitive?: boolean }) => Iterable<string>;
}

export function createTableIndexes(rows: () => Iterable<StoredRow>): TableIndexes {
  const indexes = new Map<string, { fieldName: string; index: TableIndex }>();
  const indexOf = (request: { fieldName: string; isCaseSensitive: boolean }): TableIndex => {
    const { fieldName, isCaseSensitive } = request;
    const key = isCaseSensitive ? `${fieldName}:exact` : fieldName;
    const standing = indexes.get(key);
    if (standing !== undefined) return standing.index;
    const index = createTableIndex({ fieldName, isCaseSensitive });
    for (const row of rows()) index.add(row);
    indexes.set(key, { fieldName, index });
    return index;
  };
  return {
    follow({ before, after }) {
      for (const { fieldName, index } of indexes.values()) {
        // Most updates leave most indexed values as they are.
        if (before !== null && after !== null && before[fieldName] === after[fieldName]) continue;
        if (before !== null) index.delete(before);
        if (after !== null) index.add(after);
      }
    },
    lookup: ({ fieldName, value, isCaseSensitive }) => indexOf({ fieldName, isCaseSensitive: isCaseSensitive ?? false }).lookup(value),
  };
}
