export type Literal =
  | { readonly kind: "string"; readonly raw: string; readonly text: string }
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "boolean"; readonly boolean: boolean }
  | { readonly kind: "null" }
  | { readonly kind: "date"; readonly text: string }
  | { readonly kind: "datetime"; readonly text: string };

export type Operator = "=" | "!=" | "<" | "<=" | ">" | ">=" | "LIKE";

export type Condition =
  | { readonly kind: "and" | "or"; readonly members: readonly Condition[] }
  | { readonly kind: "not"; readonly member: Condition }
  | { readonly kind: "compare"; readonly path: string; readonly operator: Operator; readonly literal: Literal }
  | { readonly kind: "in"; readonly path: string; readonly isNegated: boolean; readonly literals: readonly Literal[] }
  | { readonly kind: "inQuery"; readonly path: string; readonly isNegated: boolean; readonly query: QueryTree };

export interface Aggregate {
  readonly kind: "aggregate";
  readonly name: "COUNT" | "COUNT_DISTINCT" | "MIN" | "MAX" | "SUM" | "AVG";
  /** Null: `COUNT()`. */
  readonly path: string | null;
  readonly alias: string | null;
}

export type Selected = Aggregate | { readonly kind: "field"; readonly path: string; readonly alias: string | null };

export interface Ordering {
  readonly path: string;
  readonly isDescending: boolean;
  readonly areNullsLast: boolean;
}

export interface QueryTree {
  readonly selected: readonly Selected[];
  readonly objectName: string;
  readonly alias: string | null;
  readonly where: Condition | null;
  readonly groupBy: readonly string[];
  readonly orderBy: readonly Ordering[];
  readonly limit: number | null;
  readonly offset: number;
}
