import type { Access } from "../access/access.ts";
import type { ObjectView } from "../access/object-view.ts";
import type { FieldSchema } from "../schema/org-schema.ts";
import type { Org } from "../store/org.ts";
import type { FieldValue, StoredRow } from "../store/stored-row.ts";
import { compileLike } from "./compile-like.ts";
import type { Condition, Operator, QueryTree } from "./query-tree.ts";
import { resolvePath, valueAt, type ResolvedPath } from "./resolve-path.ts";
import { SoqlError } from "./soql-error.ts";
import { toComparable } from "./to-comparable.ts";

/** A condition made ready: what it says of a row, and which rows alone can meet it where an index knows. */
export type Compiled =
  | { readonly kind: "and"; readonly members: readonly Compiled[] }
  | { readonly kind: "or"; readonly members: readonly Compiled[] }
  | { readonly kind: "test"; readonly path: ResolvedPath; readonly equals: readonly FieldValue[] | null; test(row: StoredRow): boolean };

export interface CompileRequest {
  readonly org: Org;
  readonly access: Access;
  readonly view: ObjectView;
  readonly alias: string | null;
  /** The values of one column, for `IN (SELECT …)`. */
  readonly valuesOf: (query: QueryTree) => readonly FieldValue[];
}

export function compileCondition(request: CompileRequest & { condition: Condition; isNegated?: boolean }): Compiled {
  const { condition, isNegated = false } = request;
  switch (condition.kind) {
    case "and":
    case "or": {
      // De Morgan, so that negation ends at the leaves.
      const kind = (condition.kind === "and") === isNegated ? "or" : "and";
      return { kind, members: condition.members.map((member) => compileCondition({ ...request, condition: member })) };
    }
    case "not":
      return compileCondition({ ...request, condition: condition.member, isNegated: !isNegated });
    case "compare":
      return compileComparison({ ...request, condition, isNegated });
    case "in":
    case "inQuery": {
      const path = filterable({ ...request, path: condition.path });
      const values = condition.kind === "in"
        ? condition.literals.map((literal) => toComparable({ field: path.field, literal }))
        : request.valuesOf(condition.query);
      return membership({ ...request, path, values, isNegated: condition.isNegated !== isNegated });
    }
  }
}

function filterable(request: CompileRequest & { path: string }): ResolvedPath {
  const path = resolvePath(request);
  const isLong = path.field.type === "textarea" && path.field.length > 255;
  if (!isLong && path.field.type !== "address") return path;
  throw new SoqlError({ errorCode: "INVALID_FIELD", message: `field '${path.field.name}' can not be filtered in a query call` });
}

function membership(request: CompileRequest & { path: ResolvedPath; values: readonly FieldValue[]; isNegated: boolean }): Compiled {
  const { org, path, values, isNegated } = request;
  const keys = new Set(values.map((value) => toKey({ field: path.field, value })));
  const test = (row: StoredRow): boolean => keys.has(toKey({ field: path.field, value: valueAt({ org, row, path }) })) !== isNegated;
  return { kind: "test", path, equals: isNegated ? null : values, test };
}

function compileComparison(request: CompileRequest & { condition: Extract<Condition, { kind: "compare" }>; isNegated: boolean }): Compiled {
  const { org, condition: { operator, literal }, isNegated } = request;
  const path = filterable({ ...request, path: request.condition.path });
  if (operator === "LIKE") {
    const like = compileLike({ field: path.field, literal });
    return { kind: "test", path, equals: null, test: (row) => like(valueAt({ org, row, path })) !== isNegated };
  }
  const value = toComparable({ field: path.field, literal });
  if (operator === "=" || operator === "!=") return membership({ ...request, path, values: [value], isNegated: (operator === "!=") !== isNegated });
  checkOrdered({ field: path.field });
  return { kind: "test", path, equals: null, test: (row) => isOrdered({ field: path.field, left: valueAt({ org, row, path }), operator, right: value }) !== isNegated };
}

function checkOrdered(request: { field: FieldSchema }): void {
  if (request.field.type !== "boolean") return;
  throw new SoqlError({ errorCode: "INVALID_QUERY_FILTER_OPERATOR", message: `invalid operator on ${request.field.name}` });
}

function isOrdered(request: { field: FieldSchema; left: FieldValue; operator: Operator; right: FieldValue }): boolean {
  const { field, operator } = request;
  const left = toKey({ field, value: request.left });
  const right = toKey({ field, value: request.right });
  if (left === null || right === null) return false;
  switch (operator) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    default:
      return left >= right;
  }
}

/** Texts are compared without regard to case, but for fields that regard it. */
function toKey(request: { field: FieldSchema; value: FieldValue }): FieldValue {
  const { field, value } = request;
  if (value === "") return null;
  return typeof value === "string" && !field.isCaseSensitive ? value.toLowerCase() : value;
}
