import { expectInputs, expectType } from "./expect-inputs.ts";
import type { FormulaNode } from "./formula-node.ts";
import type { FormulaType } from "./formula-type.ts";
import type { SpecialForm } from "./special-form.ts";

type Check = { name: string; inputs: readonly FormulaNode[]; types: readonly FormulaType[] };

/** AND, OR, NOT and IF. A blank condition counts as false, except that NOT of a blank stays blank, as in SQL. */
export const LOGICAL_FORMS: Readonly<Record<string, SpecialForm>> = {
  AND: { check: checkConditions, run: ({ inputs, evaluate }) => inputs.every((input) => evaluate(input) === true) },
  OR: { check: checkConditions, run: ({ inputs, evaluate }) => inputs.some((input) => evaluate(input) === true) },
  NOT: {
    check: (call) => {
      expectInputs({ name: call.name, received: call.inputs.length, expected: 1 });
      return checkConditions(call);
    },
    run: ({ inputs, evaluate }) => {
      const value = inputs[0] === undefined ? null : evaluate(inputs[0]);
      return value === null ? null : value !== true;
    },
  },
  IF: {
    check: checkIf,
    run: ({ inputs: [condition, then, otherwise], evaluate }) => {
      const chosen = condition !== undefined && evaluate(condition) === true ? then : otherwise;
      return chosen === undefined ? null : evaluate(chosen);
    },
  },
};

function checkConditions({ name, inputs, types }: Check): FormulaType {
  expectInputs({ name, received: inputs.length, expected: 1, orMore: true });
  for (const received of types) expectType({ name, expected: ["boolean"], received });
  return "boolean";
}

function checkIf({ name, inputs, types }: Check): FormulaType {
  expectInputs({ name, received: inputs.length, expected: 3 });
  const [condition, then = "null", otherwise = "null"] = types;
  expectType({ name, expected: ["boolean"], received: condition });
  if (then === "null") return otherwise;
  expectType({ name, expected: [then], received: otherwise });
  return then;
}
