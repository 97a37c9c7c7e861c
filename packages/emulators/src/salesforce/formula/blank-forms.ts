import { expectInputs, expectType } from "./expect-inputs.ts";
import { FormulaError } from "./formula-error.ts";
import type { FormulaNode } from "./formula-node.ts";
import type { FormulaType } from "./formula-type.ts";
import { isBlank } from "./formula-value.ts";
import type { SpecialCall, SpecialForm } from "./special-form.ts";

type Check = { name: string; inputs: readonly FormulaNode[]; types: readonly FormulaType[] };

/** What looks for blanks. To ISNULL and NULLVALUE a text is never null: Salesforce keeps them as they once were. */
export const BLANK_FORMS: Readonly<Record<string, SpecialForm>> = {
  ISBLANK: { check: checkOne, run: (call) => isFirstBlank(call) },
  ISNULL: { check: checkOne, run: (call) => !isFirstText(call) && isFirstBlank(call) },
  BLANKVALUE: { check: checkTwo, run: (call) => take({ call, second: isFirstBlank(call) }) },
  NULLVALUE: { check: checkTwo, run: (call) => take({ call, second: !isFirstText(call) && isFirstBlank(call) }) },
};

function checkOne({ name, inputs, types }: Check): FormulaType {
  expectInputs({ name, received: inputs.length, expected: 1 });
  refuseBoolean({ name, type: types[0] });
  return "boolean";
}

function checkTwo({ name, inputs, types }: Check): FormulaType {
  expectInputs({ name, received: inputs.length, expected: 2 });
  const [first = "null", second = "null"] = types;
  refuseBoolean({ name, type: first });
  if (first === "null") return second;
  expectType({ name, expected: [first], received: second });
  return first;
}

function refuseBoolean({ name, type }: { name: string; type: FormulaType | undefined }): void {
  if (type === "boolean") throw new FormulaError(`Incorrect parameter type for function '${name}()'. Checkboxes are never blank`);
}

function isFirstBlank({ inputs: [first], evaluate }: SpecialCall): boolean {
  return first === undefined || isBlank(evaluate(first));
}

function isFirstText({ inputs: [first], typeOf }: SpecialCall): boolean {
  return first !== undefined && typeOf(first) === "text";
}

function take({ call, second }: { call: SpecialCall; second: boolean }): ReturnType<SpecialForm["run"]> {
  const chosen = call.inputs[second ? 1 : 0];
  return chosen === undefined ? null : call.evaluate(chosen);
}
