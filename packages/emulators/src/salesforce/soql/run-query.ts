import type { Access } from "../access/access.ts";
import type { ObjectView } from "../access/object-view.ts";
import type { Org } from "../store/org.ts";
import type { FieldValue, StoredRow } from "../store/stored-row.ts";
import { aggregateRows, type Column } from "./aggregate-rows.ts";
import { compareValues } from "./compare-values.ts";
import { compileCondition, type Compiled } from "./compile-condition.ts";
import { findCandidates } from "./find-candidates.ts";
import type { QueryTree, Selected } from "./query-tree.ts";
import { renderRow, type RenderedRow } from "./render-row.ts";
import { resolvePath, valueAt, type ResolvedPath } from "./resolve-path.ts";
import { malformed, SoqlError } from "./soql-error.ts";

const MOST_SKIPPED = 2000;

export interface QueryAnswer {
  readonly totalSize: number;
  /** Renders a stretch of the result. */
  page(request: { from: number; count: number }): RenderedRow[];
}

interface QueryRequest {
  readonly org: Org;
  readonly access: Access;
  /** Rows of the recycle bin too. */
  readonly includesDeleted: boolean;
}

interface Run extends QueryRequest {
  readonly query: QueryTree;
}

/** Runs a query as its user sees the org. Throws `SoqlError`. */
export function runQueryTree(request: Run): QueryAnswer {
  const { org, access, query } = request;
  const view = viewOf(request);
  const pathOf = (path: string): ResolvedPath => resolvePath({ access, view, alias: query.alias, path });
  const isCount = isPlainCount(query);
  const isAggregate = !isCount && (query.groupBy.length > 0 || query.selected.some(({ kind }) => kind === "aggregate"));
  const columns = isCount ? [] : query.selected.flatMap((selected) => (selected.kind === "field" ? [pathOf(selected.path)] : []));
  const sorted = sortRows({ ...request, pathOf, rows: selectRows({ ...request, view }), isAggregate });
  const kept = cut({ query, rows: sorted });
  if (isCount) return { totalSize: kept.length, page: () => [] };
  if (isAggregate) return aggregate({ ...request, pathOf, rows: sorted });
  return {
    totalSize: kept.length,
    page: ({ from, count }) =>
      kept.slice(from, from + count).map((row) => renderRow({ org, access, object: view.object, row, paths: columns })),
  };
}

function viewOf(request: Run): ObjectView {
  const { access, query } = request;
  const view = access.view(query.objectName);
  if (view !== null) return view;
  throw new SoqlError({
    errorCode: "INVALID_TYPE",
    message: `\nERROR at Row:1:Column:15\nsObject type '${query.objectName}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
  });
}

function isPlainCount(query: QueryTree): boolean {
  const [only, ...others] = query.selected;
  const hasCount = query.selected.some((selected) => selected.kind === "aggregate" && selected.path === null);
  if (hasCount && others.length > 0) throw malformed("COUNT() must be the only element in the SELECT list");
  return only?.kind === "aggregate" && only.path === null;
}

function selectRows(request: Run & { view: ObjectView }): readonly StoredRow[] {
  const { org, query, view, includesDeleted } = request;
  const table = org.table(view.object.name);
  const condition = query.where === null ? null : compileCondition({ ...request, alias: query.alias, valuesOf: (inner) => valuesOf({ ...request, query: inner }), condition: query.where });
  const test = condition === null ? () => true : (row: StoredRow): boolean => meets({ condition, row });
  const candidates = condition === null ? null : findCandidates({ org, objectName: view.object.name, condition });
  const rows = candidates === null ? [...table.rows()] : [...candidates].map((id) => table.get(id)).filter((row) => row !== undefined);
  const all = includesDeleted ? [...rows, ...table.deleted()] : rows;
  return all.filter(test);
}

function meets(request: { condition: Compiled; row: StoredRow }): boolean {
  const { condition, row } = request;
  switch (condition.kind) {
    case "and":
      return condition.members.every((member) => meets({ condition: member, row }));
    case "or":
      return condition.members.some((member) => meets({ condition: member, row }));
    case "test":
      return condition.test(row);
  }
}

function valuesOf(request: Run): readonly FieldValue[] {
  const { org, access, query } = request;
  const view = viewOf(request);
  const [only, ...others] = query.selected;
  if (only?.kind !== "field" || others.length > 0) throw malformed("semi join sub-selects can only query one id or reference field");
  const path = resolvePath({ access, view, alias: query.alias, path: only.path });
  return selectRows({ ...request, view }).map((row) => valueAt({ org, row, path })).filter((value) => value !== null);
}

function sortRows(request: Run & { pathOf: (path: string) => ResolvedPath; rows: readonly StoredRow[]; isAggregate: boolean }): readonly StoredRow[] {
  const { org, query, pathOf, rows, isAggregate } = request;
  if (query.orderBy.length === 0) return rows;
  if (isAggregate) throw malformed("the order of aggregates is not emulated");
  const orderings = query.orderBy.map((ordering) => ({ ...ordering, path: sortable(pathOf(ordering.path)) }));
  return [...rows].sort((left, right) => {
    for (const { path, isDescending, areNullsLast } of orderings) {
      const order = compareValues({ left: valueAt({ org, row: left, path }), right: valueAt({ org, row: right, path }), isDescending, areNullsLast });
      if (order !== 0) return order;
    }
    return 0;
  });
}

function sortable(path: ResolvedPath): ResolvedPath {
  const { field } = path;
  const isRefused = (field.type === "textarea" && field.length > 255) || field.type === "multipicklist" || field.type === "address";
  if (!isRefused) return path;
  throw new SoqlError({ errorCode: "INVALID_FIELD", message: `field '${field.name}' can not be sorted in a query call` });
}

function cut<Row>(request: { query: QueryTree; rows: readonly Row[] }): readonly Row[] {
  const { query: { limit, offset }, rows } = request;
  if (offset > MOST_SKIPPED) throw new SoqlError({ errorCode: "NUMBER_OUTSIDE_VALID_RANGE", message: `Maximum SOQL offset allowed is ${MOST_SKIPPED}` });
  return limit === null && offset === 0 ? rows : rows.slice(offset, limit === null ? undefined : offset + limit);
}

function aggregate(request: Run & { pathOf: (path: string) => ResolvedPath; rows: readonly StoredRow[] }): QueryAnswer {
  const { org, query, pathOf, rows } = request;
  const grouped = new Set(query.groupBy.map((path) => path.toLowerCase()));
  let unnamed = 0;
  const columns = query.selected.map((selected): Column => {
    const column = toColumn({ selected, unnamed, pathOf, grouped });
    if (selected.kind === "aggregate" && selected.alias === null) unnamed += 1;
    return column;
  });
  const results = cut({ query, rows: aggregateRows({ org, rows, groups: query.groupBy.map(pathOf), columns }) });
  return { totalSize: results.length, page: ({ from, count }) => results.slice(from, from + count) };
}

/** Aggregates without an alias are called `expr0`, `expr1`, … in their order. */
function toColumn(request: { selected: Selected; unnamed: number; pathOf: (path: string) => ResolvedPath; grouped: ReadonlySet<string> }): Column {
  const { selected, unnamed, pathOf, grouped } = request;
  if (selected.kind === "aggregate") {
    return { kind: "aggregate", name: selected.alias ?? `expr${unnamed}`, operation: selected.name, path: pathOf(selected.path ?? "Id") };
  }
  if (!grouped.has(selected.path.toLowerCase())) throw malformed(`Field must be grouped or aggregated: ${selected.path}`);
  const path = pathOf(selected.path);
  return { kind: "group", name: selected.alias ?? path.field.name, path };
}
