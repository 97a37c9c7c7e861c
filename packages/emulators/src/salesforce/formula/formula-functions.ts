import type { FormulaFunction } from "./formula-function.ts";
import { NUMBER_FUNCTIONS } from "./number-functions.ts";
import { TEXT_FUNCTIONS } from "./text-functions.ts";
import { TIME_FUNCTIONS } from "./time-functions.ts";

const FUNCTIONS: ReadonlyMap<string, FormulaFunction> = new Map(
  [TEXT_FUNCTIONS, NUMBER_FUNCTIONS, TIME_FUNCTIONS].flatMap((table) => Object.entries(table)),
);

/** By name in capitals. Undefined also for what has rules of its own (`special-forms.ts`). */
export function findFormulaFunction(name: string): FormulaFunction | undefined {
  return FUNCTIONS.get(name);
}
