import { expectInputs } from "./expect-inputs.ts";
import { FormulaError } from "./formula-error.ts";
import type { FormulaNode } from "./formula-node.ts";
import type { FormulaType } from "./formula-type.ts";
import { isEqual } from "./operate.ts";
import { toFormulaValue } from "./read-field.ts";
import type { SpecialCall, SpecialForm } from "./special-form.ts";

type Check = { name: string; inputs: readonly FormulaNode[]; types: readonly FormulaType[] };

/** What compares a save with the record before it. In the save that creates a record nothing changed, and nothing was before. */
export const CHANGE_FORMS: Readonly<Record<string, SpecialForm>> = {
  ISNEW: {
    check: ({ name, inputs }) => {
      expectInputs({ name, received: inputs.length, expected: 0 });
      return "boolean";
    },
    run: ({ row }) => row.isNew,
  },
  ISCHANGED: {
    check: (call) => {
      checkOwnField(call);
      return "boolean";
    },
    run: (call) => {
      const [field] = call.inputs;
      if (field === undefined || call.row.isNew) return false;
      return !isEqual({ left: call.evaluate(field), right: readPrior({ call, field }) });
    },
  },
  PRIORVALUE: {
    check: checkOwnField,
    run: (call) => {
      const [field] = call.inputs;
      return field === undefined || call.row.isNew ? null : readPrior({ call, field });
    },
  },
};

/** Only a field of the record itself has a value before the save. */
function checkOwnField({ name, inputs, types }: Check): FormulaType {
  expectInputs({ name, received: inputs.length, expected: 1 });
  const [field] = inputs;
  if (field?.kind !== "field") throw new FormulaError(`Incorrect parameter type for function '${name}()'. Expected a field`);
  if (field.path.replace(/^\$Record\./i, "").includes(".")) {
    throw new FormulaError(`Field ${field.path} cannot be used with function ${name}. Only fields of the record itself can`);
  }
  return types[0] ?? "null";
}

function readPrior({ call, field }: { call: SpecialCall; field: FormulaNode }): ReturnType<SpecialForm["run"]> {
  if (field.kind !== "field") return null;
  const type = call.row.fieldType(field.path);
  if (type === undefined) throw new FormulaError(`Field ${field.path} does not exist. Check spelling.`);
  return toFormulaValue({ path: field.path, type, stored: call.row.readPrior(field.path) });
}
