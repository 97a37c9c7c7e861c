import type { FormulaType } from "./formula-type.ts";
import type { FormulaValue } from "./formula-value.ts";

/** A function whose inputs have fixed types, and are all worked out before it runs. */
export interface FormulaFunction {
  /** The types that each input may have. */
  readonly inputs: readonly (readonly FormulaType[])[];
  /** How many of the last inputs may be left out. */
  readonly optional?: number;
  /** The last input may come again, as often as one likes. */
  readonly isVariadic?: boolean;
  readonly result: FormulaType;
  readonly run: (call: { values: readonly FormulaValue[]; now: number }) => FormulaValue;
}
