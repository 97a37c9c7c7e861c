import { FormulaError } from "../formula/formula-error.ts";
import type { FormulaRow } from "../formula/formula-row.ts";
import { isBlank, type FormulaValue } from "../formula/formula-value.ts";
import { isEqual, operate } from "../formula/operate.ts";
import { toFormulaValue } from "../formula/read-field.ts";
import type { BinaryOperator } from "../formula/formula-node.ts";
import type { FlowCondition, FlowValue } from "./flow-definition.ts";
import { evaluateLogic } from "./condition-logic.ts";

const ORDER: Readonly<Record<string, BinaryOperator>> = {
  GreaterThan: ">",
  LessThan: "<",
  GreaterThanOrEqualTo: ">=",
  LessThanOrEqualTo: "<=",
};

/** Whether a flow's conditions hold together: `and`, `or`, or a logic such as `1 AND (2 OR 3)`. */
export function testConditions(request: { conditions: readonly FlowCondition[]; logic: string; row: FormulaRow }): boolean {
  const { conditions, logic, row } = request;
  if (conditions.length === 0) return true;
  return evaluateLogic({ logic, count: conditions.length, holds: (index) => testCondition({ condition: conditions[index], row }) });
}

/** The value of a literal or a reference, as formulas see it. */
export function readFlowValue(request: { value: FlowValue; row: FormulaRow; type: ReturnType<FormulaRow["fieldType"]> }): FormulaValue {
  const { value, row, type } = request;
  if (value.kind === "reference") return readReference({ path: value.path, row });
  return toFormulaValue({ path: "", type: value.type ?? type ?? "string", stored: value.value });
}

function readReference({ path, row }: { path: string; row: FormulaRow }): FormulaValue {
  const type = row.fieldType(path);
  if (type === undefined) throw new FormulaError(`${path} is not known here`);
  return toFormulaValue({ path, type, stored: row.read(path) });
}

function testCondition({ condition, row }: { condition: FlowCondition | undefined; row: FormulaRow }): boolean {
  if (condition === undefined) return false;
  const { left: path, operator } = condition;
  const left = readReference({ path, row });
  const right = readFlowValue({ value: condition.right, row, type: row.fieldType(path) });
  if (operator === "IsChanged") return isChanged({ path, left, row }) === (right === true);
  if (operator === "IsNull" || operator === "IsBlank" || operator === "IsEmpty") return isBlank(left) === (right === true);
  return compare({ operator, left, right });
}

function isChanged({ path, left, row }: { path: string; left: FormulaValue; row: FormulaRow }): boolean {
  const type = row.fieldType(path);
  if (row.isNew || type === undefined) return false;
  return !isEqual({ left, right: toFormulaValue({ path, type, stored: row.readPrior(path) }) });
}

function compare({ operator, left, right }: { operator: string; left: FormulaValue; right: FormulaValue }): boolean {
  const order = ORDER[operator];
  if (order !== undefined) return operate({ operator: order, left, right, isText: false }) === true;
  if (operator === "EqualTo" || operator === "NotEqualTo") {
    const isSame = (isBlank(left) && isBlank(right)) || isEqual({ left, right });
    return isSame === (operator === "EqualTo");
  }
  if (typeof left !== "string" || typeof right !== "string") return false;
  if (operator === "StartsWith") return left.startsWith(right);
  if (operator === "EndsWith") return left.endsWith(right);
  return left.includes(right);
}
