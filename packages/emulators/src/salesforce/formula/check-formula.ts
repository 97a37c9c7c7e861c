import type { FieldType } from "../schema/org-schema.ts";
import { checkOperator } from "./check-operator.ts";
import { FormulaError } from "./formula-error.ts";
import type { FormulaFunction } from "./formula-function.ts";
import { findFormulaFunction } from "./formula-functions.ts";
import type { FormulaNode } from "./formula-node.ts";
import { isPicklistType, nameFormulaTypes, toFormulaType, type FormulaType } from "./formula-type.ts";
import { findSpecialForm } from "./special-forms.ts";

/** The type of every part of a formula. */
export type FormulaTypes = ReadonlyMap<FormulaNode, FormulaType>;

/** Salesforce's variables that need no field: `$System.OriginDateTime` is the first moment of 1900. */
export const ORIGIN_DATETIME = "$SYSTEM.ORIGINDATETIME";
const GLOBAL_TYPES: ReadonlyMap<string, FieldType> = new Map([
  [ORIGIN_DATETIME, "datetime"],
  ["$USER.ID", "id"],
  ["$ORGANIZATION.ID", "id"],
  ["$PROFILE.ID", "id"],
]);

/**
 * Checks a parsed formula against the fields that there are, and types every part of it. Throws a `FormulaError` in
 * Salesforce's words: unknown fields and functions, wrong numbers of inputs, types that do not fit, picklists as texts.
 */
export function checkFormula(request: {
  node: FormulaNode;
  fieldType: (path: string) => FieldType | undefined;
}): FormulaTypes {
  const types = new Map<FormulaNode, FormulaType>();
  const visit = (node: FormulaNode): FormulaType => {
    const type = typeOf({ node, visit, fieldType: request.fieldType });
    types.set(node, type);
    return type;
  };
  visit(request.node);
  return types;
}

/** The stored type of a field or of one of Salesforce's own variables. */
export function findFieldType(request: {
  path: string;
  fieldType: (path: string) => FieldType | undefined;
}): FieldType {
  const type = request.fieldType(request.path) ?? GLOBAL_TYPES.get(request.path.toUpperCase());
  if (type === undefined) throw new FormulaError(`Field ${request.path} does not exist. Check spelling.`);
  return type;
}

function typeOf(request: {
  node: FormulaNode;
  visit: (node: FormulaNode) => FormulaType;
  fieldType: (path: string) => FieldType | undefined;
}): FormulaType {
  const { node, visit, fieldType } = request;
  switch (node.kind) {
    case "literal":
      return literalType(node.value);
    case "field":
      return toFormulaType({ path: node.path, type: findFieldType({ path: node.path, fieldType }) });
    case "negate":
      return checkOperator({ operator: "-", left: "number", right: textOnly({ node: node.operand, type: visit(node.operand) }) });
    case "binary":
      return checkOperator({
        operator: node.operator,
        left: textOnly({ node: node.left, type: visit(node.left) }),
        right: textOnly({ node: node.right, type: visit(node.right) }),
      });
    case "call":
      return checkCall({ name: node.name, inputs: node.inputs, visit });
  }
}

function literalType(value: string | number | boolean | null): FormulaType {
  if (value === null) return "null";
  return typeof value === "string" ? "text" : typeof value === "number" ? "number" : "boolean";
}

/** Refuses a picklist where only a few functions take one. */
function textOnly({ node, type }: { node: FormulaNode; type: FormulaType }): FormulaType {
  if (!isPicklistType(type)) return type;
  const path = node.kind === "field" ? node.path : "in this formula";
  throw new FormulaError(`Field ${path} is a picklist field. Picklist fields are only supported in certain functions.`);
}

function checkCall(request: {
  name: string;
  inputs: readonly FormulaNode[];
  visit: (node: FormulaNode) => FormulaType;
}): FormulaType {
  const { name, inputs, visit } = request;
  const form = findSpecialForm(name);
  if (form !== undefined) return form.check({ name, inputs, types: inputs.map(visit) });
  const definition = findFormulaFunction(name);
  if (definition === undefined) throw new FormulaError(`Unknown function ${name}. Check spelling.`);
  checkCount({ name, received: inputs.length, definition });
  for (const [index, input] of inputs.entries()) {
    const type = textOnly({ node: input, type: visit(input) });
    const allowed = definition.inputs[index] ?? definition.inputs.at(-1) ?? [];
    if (type !== "null" && !allowed.includes(type)) {
      throw new FormulaError(
        `Incorrect parameter type for function '${name}()'. Expected ${nameFormulaTypes(allowed)}, received ${nameFormulaTypes([type])}`,
      );
    }
  }
  return definition.result;
}

function checkCount(request: { name: string; received: number; definition: FormulaFunction }): void {
  const { name, received, definition } = request;
  const most = definition.inputs.length;
  const least = most - (definition.optional ?? 0);
  if (received >= least && (received <= most || definition.isVariadic === true)) return;
  throw new FormulaError(
    `Incorrect number of parameters for function '${name}()'. Expected ${received < least ? least : most}, received ${received}`,
  );
}
