import { expectInputs, expectType } from "./expect-inputs.ts";
import { FormulaError } from "./formula-error.ts";
import type { FormulaNode } from "./formula-node.ts";
import { isPicklistType, nameFormulaTypes, type FormulaType } from "./formula-type.ts";
import type { FormulaValue } from "./formula-value.ts";
import { operate } from "./operate.ts";
import type { SpecialCall, SpecialForm } from "./special-form.ts";
import { toText } from "./to-text.ts";

type Check = { name: string; inputs: readonly FormulaNode[]; types: readonly FormulaType[] };

/** The few functions that take a picklist field. */
export const PICKLIST_FORMS: Readonly<Record<string, SpecialForm>> = {
  ISPICKVAL: {
    check: (call) => checkPicklist({ call, expected: ["picklist", "multipicklist"] }),
    run: ({ inputs: [field, literal], evaluate }) => (valueOf({ node: field, evaluate }) ?? "") === (valueOf({ node: literal, evaluate }) ?? ""),
  },
  INCLUDES: {
    check: (call) => checkPicklist({ call, expected: ["multipicklist"] }),
    run: ({ inputs: [field, literal], evaluate }) => {
      const held = valueOf({ node: field, evaluate });
      const sought = valueOf({ node: literal, evaluate });
      return typeof held === "string" && typeof sought === "string" && held.split(";").includes(sought);
    },
  },
  TEXT: {
    check: ({ name, inputs, types }) => {
      expectInputs({ name, received: inputs.length, expected: 1 });
      expectType({ name, expected: ["number", "date", "datetime", "time", "picklist"], received: types[0] });
      return "text";
    },
    run: ({ inputs: [input], evaluate }) => toText(valueOf({ node: input, evaluate })),
  },
  CASE: { check: checkCase, run: runCase },
};

function valueOf({ node, evaluate }: { node: FormulaNode | undefined; evaluate: SpecialCall["evaluate"] }): FormulaValue {
  return node === undefined ? null : evaluate(node);
}

function checkPicklist({ call, expected }: { call: Check; expected: readonly FormulaType[] }): FormulaType {
  const { name, inputs, types } = call;
  expectInputs({ name, received: inputs.length, expected: 2 });
  const [type = "null"] = types;
  if (!expected.includes(type)) {
    throw new FormulaError(`Incorrect parameter type for function '${name}()'. Expected ${nameFormulaTypes(expected)}, received ${nameFormulaTypes([type])}`);
  }
  const [, literal] = inputs;
  if (literal?.kind !== "literal" || typeof literal.value !== "string") {
    throw new FormulaError(`Incorrect parameter type for function '${name}()'. Expected a text literal`);
  }
  return "boolean";
}

function checkCase({ name, inputs, types }: Check): FormulaType {
  if (inputs.length < 4 || inputs.length % 2 !== 0) {
    expectInputs({ name, received: inputs.length, expected: Math.max(4, inputs.length - (inputs.length % 2)) });
  }
  const [subject = "null"] = types;
  let result: FormulaType = "null";
  for (const [index, type] of types.entries()) {
    if (type === "boolean") throw new FormulaError(`Incorrect parameter type for function '${name}()'. Checkboxes are not supported`);
    if (index === 0) continue;
    const isCase = index % 2 === 1 && index < inputs.length - 1;
    if (isCase) expectType({ name, expected: [isPicklistType(subject) || subject === "null" ? "text" : subject], received: type });
    else if (result === "null") result = type;
    else expectType({ name, expected: [result], received: type });
  }
  return result;
}

function runCase({ inputs, evaluate, typeOf }: SpecialCall): FormulaValue {
  const [subject] = inputs;
  const left = valueOf({ node: subject, evaluate });
  const type = subject === undefined ? "null" : typeOf(subject);
  const isText = type === "text" || isPicklistType(type);
  for (let index = 1; index + 1 < inputs.length; index += 2) {
    const right = valueOf({ node: inputs[index], evaluate });
    if (operate({ operator: "=", left, right, isText }) === true) return valueOf({ node: inputs[index + 1], evaluate });
  }
  return valueOf({ node: inputs.at(-1), evaluate });
}
