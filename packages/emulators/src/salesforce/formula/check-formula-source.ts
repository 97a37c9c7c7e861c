import type { FieldType } from "../schema/org-schema.ts";
import { checkFormula } from "./check-formula.ts";
import { FormulaError } from "./formula-error.ts";
import type { FormulaType } from "./formula-type.ts";
import { parseFormula, type FieldNotation } from "./parse-formula.ts";

const NAMES: Readonly<Partial<Record<FormulaType, string>>> = {
  text: "Text",
  number: "Number",
  boolean: "true or false",
  date: "Date",
  datetime: "Date/Time",
};

/** Checks a formula as Salesforce does when it is saved. Throws a `FormulaError`; `expected` null takes any type. */
export function checkFormulaSource(request: {
  source: string;
  notation: FieldNotation;
  fieldType: (path: string) => FieldType | undefined;
  expected: FormulaType | null;
}): void {
  const { source, notation, fieldType, expected } = request;
  const node = parseFormula({ source, notation });
  const type = checkFormula({ node, fieldType }).get(node) ?? "null";
  if (expected === null || type === expected || (type === "null" && expected !== "boolean")) return;
  throw new FormulaError(`Formula result is data type (${NAMES[type] ?? type}), incompatible with expected data type (${NAMES[expected] ?? expected}).`);
}
