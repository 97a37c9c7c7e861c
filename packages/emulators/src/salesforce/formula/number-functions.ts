import { FormulaError } from "./formula-error.ts";
import type { FormulaFunction } from "./formula-function.ts";
import type { FormulaValue } from "./formula-value.ts";

const NUMBER = ["number"] as const;

/** The functions of numbers: blank as soon as one input is. */
export const NUMBER_FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  MIN: { inputs: [NUMBER], isVariadic: true, result: "number", run: ({ values }) => count(values, (numbers) => Math.min(...numbers)) },
  MAX: { inputs: [NUMBER], isVariadic: true, result: "number", run: ({ values }) => count(values, (numbers) => Math.max(...numbers)) },
  ABS: unary((value) => Math.abs(value)),
  // Away from zero and towards it, as Salesforce documents them; MCEILING and MFLOOR are the mathematical ones.
  CEILING: unary((value) => Math.sign(value) * Math.ceil(Math.abs(value))),
  FLOOR: unary((value) => Math.trunc(value)),
  MCEILING: unary((value) => Math.ceil(value)),
  MFLOOR: unary((value) => Math.floor(value)),
  SQRT: unary((value) => {
    if (value < 0) throw new FormulaError("Invalid number in function SQRT()");
    return Math.sqrt(value);
  }),
  ROUND: { inputs: [NUMBER, NUMBER], result: "number", run: ({ values }) => count(values, ([value = 0, digits = 0]) => roundHalfUp({ value, digits })) },
  MOD: {
    inputs: [NUMBER, NUMBER],
    result: "number",
    run: ({ values }) =>
      count(values, ([value = 0, divisor = 0]) => {
        if (divisor === 0) throw new FormulaError("Division by zero in function MOD()");
        return value % divisor;
      }),
  },
};

function unary(run: (value: number) => number): FormulaFunction {
  return { inputs: [NUMBER], result: "number", run: ({ values }) => count(values, ([value = 0]) => run(value)) };
}

function count(values: readonly FormulaValue[], run: (numbers: readonly number[]) => number): number | null {
  const numbers = values.filter((value) => typeof value === "number");
  // JSON has no negative zero, and Salesforce no sign on a zero.
  return numbers.length === values.length ? run(numbers) + 0 : null;
}

/** Halves go away from zero. In decimal digits: 1.005 to two digits is 1.01. */
export function roundHalfUp({ value, digits }: { value: number; digits: number }): number {
  const places = Math.trunc(digits);
  const shifted = shift(Math.abs(value), places);
  return Math.sign(value) * shift(Math.round(shifted), -places);
}

function shift(value: number, places: number): number {
  const [mantissa = "0", exponent = "0"] = String(value).split("e");
  return Number(`${mantissa}e${Number(exponent) + places}`);
}
