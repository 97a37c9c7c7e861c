import type { Transaction } from "./transaction.ts";
import { idOf, type FieldValue, type StoredRow } from "./stored-row.ts";
import { createTableIndexes } from "./table-indexes.ts";

/** The rows of one object. Every change is undone where the transaction that it belongs to is. */
export interface Table {
  readonly size: number;
  get(id: string): StoredRow | undefined;
  rows(): IterableIterator<StoredRow>;
  deleted(): IterableIterator<StoredRow>;
  getDeleted(id: string): StoredRow | undefined;
  insert(row: StoredRow): void;
  replace(row: StoredRow): void;
  /** Into the recycle bin. */
  remove(id: string): void;
  emptyRecycleBin(): void;
  /** Ids of the rows whose field equals the value; strings without regard to case unless told. Indexes at first use. */
  lookup(request: { fieldName: string; value: FieldValue; isCaseSensitive?: boolean }): Iterable<string>;
}

export interface TableChange {
  readonly before: StoredRow | null;
  readonly after: StoredRow | null;
}

export function createTable(request: { transaction: Transaction; onChange?: (change: TableChange) => void }): Table {
  const { transaction } = request;
  const live = new Map<string, StoredRow>();
  const bin = new Map<string, StoredRow>();
  const indexes = createTableIndexes(() => live.values());
  const put = (change: TableChange): void => {
    const { before, after } = change;
    indexes.follow(change);
    if (after !== null) live.set(idOf(after), after);
    else if (before !== null) live.delete(idOf(before));
    request.onChange?.(change);
  };
  const apply = (change: TableChange): void => {
    put(change);
    transaction.record(() => put({ before: change.after, after: change.before }));
  };
  return {
    get size() {
      return live.size;
    },
    get: (id) => live.get(id),
    rows: () => live.values(),
    deleted: () => bin.values(),
    getDeleted: (id) => bin.get(id),
    insert: (row) => apply({ before: null, after: row }),
    replace: (row) => apply({ before: live.get(idOf(row)) ?? null, after: row }),
    remove(id) {
      const row = live.get(id);
      if (row === undefined) return;
      apply({ before: row, after: null });
      bin.set(id, { ...row, IsDeleted: true });
      transaction.record(() => bin.delete(id));
    },
    emptyRecycleBin: () => bin.clear(),
    lookup: indexes.lookup,
  };
}
