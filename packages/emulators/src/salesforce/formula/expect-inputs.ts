import { FormulaError } from "./formula-error.ts";
import { nameFormulaTypes, type FormulaType } from "./formula-type.ts";

/** Throws a `FormulaError` unless a function has as many inputs as it needs. */
export function expectInputs(request: { name: string; received: number; expected: number; orMore?: boolean }): void {
  const { name, received, expected, orMore = false } = request;
  if (received === expected || (orMore && received > expected)) return;
  throw new FormulaError(`Incorrect number of parameters for function '${name}()'. Expected ${expected}, received ${received}`);
}

/** Throws a `FormulaError` unless an input has one of the types; NULL always does. */
export function expectType(request: { name: string; expected: readonly FormulaType[]; received: FormulaType | undefined }): void {
  const { name, expected, received } = request;
  if (received === undefined || received === "null" || expected.includes(received)) return;
  throw new FormulaError(
    `Incorrect parameter type for function '${name}()'. Expected ${nameFormulaTypes(expected)}, received ${nameFormulaTypes([received])}`,
  );
}
