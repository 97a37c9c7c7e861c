import type { Org } from "../store/org.ts";
import type { FieldValue, StoredRow } from "../store/stored-row.ts";
import { compareValues } from "./compare-values.ts";
import type { Aggregate } from "./query-tree.ts";
import { valueAt, type ResolvedPath } from "./resolve-path.ts";

export type Column =
  | { readonly kind: "group"; readonly name: string; readonly path: ResolvedPath }
  | { readonly kind: "aggregate"; readonly name: string; readonly operation: Aggregate["name"]; readonly path: ResolvedPath };

/** One result row a group; without groups one for all rows. */
export function aggregateRows(request: {
  org: Org;
  rows: readonly StoredRow[];
  groups: readonly ResolvedPath[];
  columns: readonly Column[];
}): Record<string, unknown>[] {
  const { org, rows, groups, columns } = request;
  const byKey = new Map<string, StoredRow[]>();
  if (groups.length === 0) byKey.set("", []);
  for (const row of rows) {
    const key = JSON.stringify(groups.map((path) => foldText(valueAt({ org, row, path }))));
    const members = byKey.get(key);
    if (members === undefined) byKey.set(key, [row]);
    else members.push(row);
  }
  return [...byKey.values()].map((members) => {
    const result: Record<string, unknown> = { attributes: { type: "AggregateResult" } };
    for (const column of columns) result[column.name] = valueOf({ org, members, column });
    return result;
  });
}

function valueOf(request: { org: Org; members: readonly StoredRow[]; column: Column }): FieldValue {
  const { org, members, column } = request;
  const { path } = column;
  if (column.kind === "group") return members[0] === undefined ? null : valueAt({ org, row: members[0], path });
  const values = members.map((row) => valueAt({ org, row, path })).filter((value) => value !== null);
  const numbers = values.filter((value) => typeof value === "number");
  const sorted = [...values].sort((left, right) => compareValues({ left, right, isDescending: false, areNullsLast: false }));
  const sum = numbers.reduce((total, number) => total + number, 0);
  switch (column.operation) {
    case "COUNT":
      return values.length;
    case "COUNT_DISTINCT":
      return new Set(values.map(foldText)).size;
    case "MIN":
      return sorted[0] ?? null;
    case "MAX":
      return sorted.at(-1) ?? null;
    case "SUM":
      return numbers.length === 0 ? null : sum;
    case "AVG":
      return numbers.length === 0 ? null : sum / numbers.length;
  }
}

function foldText(value: FieldValue): FieldValue {
  return typeof value === "string" ? value.toLowerCase() : value;
}
