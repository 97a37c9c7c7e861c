import { FormulaError } from "./formula-error.ts";
import type { BinaryOperator } from "./formula-node.ts";
import { nameFormulaTypes, type FormulaType } from "./formula-type.ts";

const ORDERED: readonly FormulaType[] = ["number", "date", "datetime", "time"];
const SUMS: readonly (readonly [left: FormulaType, right: FormulaType, result: FormulaType])[] = [
  ["number", "number", "number"],
  ["text", "text", "text"],
  ["date", "number", "date"],
  ["number", "date", "date"],
  ["datetime", "number", "datetime"],
  ["number", "datetime", "datetime"],
];
const DIFFERENCES: typeof SUMS = [
  ["number", "number", "number"],
  ["date", "number", "date"],
  ["datetime", "number", "datetime"],
  ["date", "date", "number"],
  ["datetime", "datetime", "number"],
];
const PRODUCTS: typeof SUMS = [["number", "number", "number"]];
const CONCATENATIONS: typeof SUMS = [["text", "text", "text"]];

/** The type that an operator makes of two; throws a `FormulaError` where they do not fit. */
export function checkOperator(request: { operator: BinaryOperator; left: FormulaType; right: FormulaType }): FormulaType {
  const { operator, left, right } = request;
  switch (operator) {
    case "=":
    case "<>":
      return checkAlike(request);
    case "<":
    case "<=":
    case ">":
    case ">=":
      checkOrdered({ operator, type: left });
      checkOrdered({ operator, type: right });
      return checkAlike(request);
    case "+":
      return choose({ operator, left, right, table: SUMS });
    case "-":
      return choose({ operator, left, right, table: DIFFERENCES });
    case "&":
      return choose({ operator, left, right, table: CONCATENATIONS });
    default:
      return choose({ operator, left, right, table: PRODUCTS });
  }
}

function checkAlike(request: { operator: BinaryOperator; left: FormulaType; right: FormulaType }): FormulaType {
  const { operator, left, right } = request;
  if (left !== right && left !== "null" && right !== "null") refuse({ operator, expected: [left], received: right });
  return "boolean";
}

function checkOrdered({ operator, type }: { operator: BinaryOperator; type: FormulaType }): void {
  if (type !== "null" && !ORDERED.includes(type)) refuse({ operator, expected: ["number", "date", "datetime"], received: type });
}

function choose(request: {
  operator: BinaryOperator;
  left: FormulaType;
  right: FormulaType;
  table: typeof SUMS;
}): FormulaType {
  const { operator, left, right, table } = request;
  const fitsLeft = table.filter(([type]) => type === left || left === "null");
  if (fitsLeft.length === 0) refuse({ operator, expected: unique(table.map(([type]) => type)), received: left });
  const row = fitsLeft.find(([, type]) => type === right || right === "null");
  return row?.[2] ?? refuse({ operator, expected: unique(fitsLeft.map(([, type]) => type)), received: right });
}

function refuse(request: { operator: BinaryOperator; expected: readonly FormulaType[]; received: FormulaType }): never {
  const { operator, expected, received } = request;
  throw new FormulaError(
    `Incorrect parameter type for operator '${operator}'. Expected ${nameFormulaTypes(expected)}, received ${nameFormulaTypes([received])}`,
  );
}

function unique(types: readonly FormulaType[]): readonly FormulaType[] {
  return [...new Set(types)];
}
