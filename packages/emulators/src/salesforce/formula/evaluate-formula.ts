import { checkFormula, findFieldType, ORIGIN_DATETIME, type FormulaTypes } from "./check-formula.ts";
import { FormulaError } from "./formula-error.ts";
import { findFormulaFunction } from "./formula-functions.ts";
import type { FormulaNode } from "./formula-node.ts";
import type { FormulaRow } from "./formula-row.ts";
import type { FormulaValue } from "./formula-value.ts";
import { operate } from "./operate.ts";
import { parseFormula, type FieldNotation } from "./parse-formula.ts";
import { toFormulaValue } from "./read-field.ts";
import { findSpecialForm } from "./special-forms.ts";

interface Evaluation {
  readonly row: FormulaRow;
  readonly now: number;
  readonly types: FormulaTypes;
}

const ORIGIN = Date.UTC(1900, 0, 1);

/** Parsed once, since every saved record asks again. Deployments replace formulas: old ones are let go. */
const parsed = new Map<string, FormulaNode>();
const MOST_PARSED = 500;

/**
 * Evaluates a formula on a record, with Salesforce's rules for blanks. `now` is in epoch milliseconds; the org's time
 * zone is GMT. Throws a `FormulaError` for what it cannot parse or evaluate.
 */
export function evaluateFormula(request: {
  source: string;
  row: FormulaRow;
  now: number;
  /** How fields are written; default: bare, as in validation rules. */
  notation?: FieldNotation;
}): FormulaValue {
  const { source, row, now, notation = "bare" } = request;
  const node = parseOnce({ source, notation });
  const types = checkFormula({ node, fieldType: (path) => row.fieldType(path) });
  return evaluate({ node, evaluation: { row, now, types } });
}

function parseOnce({ source, notation }: { source: string; notation: FieldNotation }): FormulaNode {
  const key = `${notation} ${source}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const node = parseFormula({ source, notation });
  if (parsed.size >= MOST_PARSED) parsed.clear();
  parsed.set(key, node);
  return node;
}

function evaluate({ node, evaluation }: { node: FormulaNode; evaluation: Evaluation }): FormulaValue {
  switch (node.kind) {
    case "literal":
      return node.value;
    case "field":
      return readField({ path: node.path, evaluation });
    case "negate": {
      const value = evaluate({ node: node.operand, evaluation });
      return typeof value === "number" ? 0 - value : null;
    }
    case "binary":
      return operate({
        operator: node.operator,
        left: evaluate({ node: node.left, evaluation }),
        right: evaluate({ node: node.right, evaluation }),
        isText: [node.left, node.right].some((side) => evaluation.types.get(side) === "text"),
      });
    case "call":
      return call({ name: node.name, inputs: node.inputs, evaluation });
  }
}

function readField({ path, evaluation }: { path: string; evaluation: Evaluation }): FormulaValue {
  if (path.toUpperCase() === ORIGIN_DATETIME) return { kind: "datetime", at: ORIGIN };
  const type = findFieldType({ path, fieldType: (name) => evaluation.row.fieldType(name) });
  const stored = evaluation.row.read(path);
  if (stored === undefined && path.startsWith("$")) throw new FormulaError(`${path} is not known here`);
  return toFormulaValue({ path, type, stored });
}

function call(request: { name: string; inputs: readonly FormulaNode[]; evaluation: Evaluation }): FormulaValue {
  const { name, inputs, evaluation } = request;
  const form = findSpecialForm(name);
  if (form !== undefined) {
    return form.run({
      inputs,
      row: evaluation.row,
      evaluate: (node) => evaluate({ node, evaluation }),
      typeOf: (node) => evaluation.types.get(node) ?? "null",
    });
  }
  const definition = findFormulaFunction(name);
  if (definition === undefined) throw new FormulaError(`Unknown function ${name}. Check spelling.`);
  return definition.run({ values: inputs.map((node) => evaluate({ node, evaluation })), now: evaluation.now });
}
