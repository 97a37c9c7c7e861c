import { FormulaError } from "./formula-error.ts";
import type { BinaryOperator } from "./formula-node.ts";
import { isDate, isDatetime, type FormulaValue } from "./formula-value.ts";
import { toDate, toInstant } from "./time-functions.ts";

const MILLISECONDS_A_DAY = 86_400_000;
/** Salesforce counts in decimals; what a double adds beyond this share of a number is noise. */
const NOISE = 1e-15;

/** One operator on two values, blank for blank as in SQL. `isText` says that one side is a text by its type. */
export function operate(request: {
  operator: BinaryOperator;
  left: FormulaValue;
  right: FormulaValue;
  isText: boolean;
}): FormulaValue {
  const { operator, isText } = request;
  const left = isText ? (request.left ?? "") : request.left;
  const right = isText ? (request.right ?? "") : request.right;
  if (left === null || right === null) return null;
  switch (operator) {
    case "=":
      return isEqual({ left, right });
    case "<>":
      return !isEqual({ left, right });
    case "<":
    case "<=":
    case ">":
    case ">=":
      return isOrdered({ operator, left, right });
    default:
      return calculate({ operator, left, right });
  }
}

export function isEqual({ left, right }: { left: FormulaValue; right: FormulaValue }): boolean {
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return left === right;
  if (typeof left === "number" && typeof right === "number") return Math.abs(left - right) <= NOISE * Math.abs(left);
  if (isDatetime(left) && isDatetime(right)) return left.at === right.at;
  if (isDate(left) && isDate(right)) return left.text === right.text;
  return left === right;
}

function isOrdered(request: { operator: "<" | "<=" | ">" | ">="; left: FormulaValue; right: FormulaValue }): boolean {
  const { operator, left, right } = request;
  if (isEqual({ left, right })) return operator === "<=" || operator === ">=";
  const isLess = toComparable(left) < toComparable(right);
  return operator === "<" || operator === "<=" ? isLess : !isLess;
}

function toComparable(value: FormulaValue): number {
  return typeof value === "number" ? value : (toInstant(value) ?? Number.NaN);
}

type Calculation = { operator: BinaryOperator; left: FormulaValue; right: FormulaValue };

function calculate({ operator, left, right }: Calculation): FormulaValue {
  if (typeof left === "string" && typeof right === "string") return left + right;
  if (typeof left === "number" && typeof right === "number") return silence(calculateNumber({ operator, left, right }));
  const sign = operator === "-" ? -1 : 1;
  if (typeof right === "number") return addDays({ value: left, days: sign * right });
  if (typeof left === "number") return addDays({ value: right, days: left });
  const [from, to] = [toInstant(right), toInstant(left)];
  return from === null || to === null ? null : silence((to - from) / MILLISECONDS_A_DAY);
}

function calculateNumber({ operator, left, right }: { operator: BinaryOperator; left: number; right: number }): number {
  if (operator === "+") return left + right;
  if (operator === "-") return left - right;
  if (operator === "*") return left * right;
  if (operator === "^") return left ** right;
  if (right === 0) throw new FormulaError("Division by zero");
  return left / right;
}

function addDays({ value, days }: { value: FormulaValue; days: number }): FormulaValue {
  if (isDatetime(value)) return { kind: "datetime", at: Math.round(value.at + days * MILLISECONDS_A_DAY) };
  return toDate((toInstant(value) ?? 0) + Math.trunc(days) * MILLISECONDS_A_DAY);
}

function silence(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) <= NOISE * Math.abs(value) ? whole : value;
}
