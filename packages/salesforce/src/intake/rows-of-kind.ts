import type { OrgRow } from "../mapping/org-row.ts";

/**
 * The rows of one kind of one person. They are made when their call is: thousands of rows that wait would cost the garbage
 * collector more than their making.
 */
export interface RowsOfKind {
  readonly count: number;
  /** The row at an index below the count. */
  readonly make: (index: number) => OrgRow;
}

export const NO_ROWS: RowsOfKind = readyRows([]);

export function oneRow(make: () => OrgRow): RowsOfKind {
  return { count: 1, make };
}

/** Rows that are there already. */
export function readyRows(rows: readonly OrgRow[]): RowsOfKind {
  return { count: rows.length, make: (index) => rows[index] ?? {} };
}

export function makeAll({ count, make }: RowsOfKind): OrgRow[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
