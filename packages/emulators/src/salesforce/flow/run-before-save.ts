import { evaluateFormula } from "../formula/evaluate-formula.ts";
import { FormulaError } from "../formula/formula-error.ts";
import type { FormulaRow } from "../formula/formula-row.ts";
import type { FormulaValue } from "../formula/formula-value.ts";
import { operate } from "../formula/operate.ts";
import { toFormulaValue, toStoredValue } from "../formula/read-field.ts";
import type { BeforeSaveFlow } from "../schema/org-schema.ts";
import type { FlowAssignment, FlowDefinition, FlowElement } from "./flow-definition.ts";
import { createFlowRow } from "./flow-row.ts";
import { readFlowValue, testConditions } from "./test-conditions.ts";

interface Interview {
  readonly definition: FlowDefinition;
  /** The record with everything assigned so far. */
  readonly row: FormulaRow;
  /** The record as it was before the save, for what asks whether it met conditions then. */
  readonly priorRow: FormulaRow;
  readonly assigned: Map<string, unknown>;
  readonly fieldNames: Map<string, string>;
  readonly variables: Map<string, unknown>;
}

const MOST_STEPS = 2000;

/**
 * Runs one before-save flow on a record, and answers the fields that it gives values to; none where the flow is not
 * active or its entry conditions do not hold. Throws a `FormulaError` where the flow fails.
 */
export function runBeforeSave(request: { flow: BeforeSaveFlow; row: FormulaRow; now: number }): Record<string, unknown> {
  const { flow, row, now } = request;
  const definition = flow.definition as FlowDefinition;
  const { recordTriggerType } = definition;
  if (!flow.isActive || recordTriggerType === (row.isNew ? "Update" : "Create")) return {};
  const interview = createInterview({ definition, row, now });
  if (!isEntered({ interview, now })) return {};
  let name = definition.first;
  for (let step = 0; name !== null; step += 1) {
    const element = definition.elements.get(name);
    if (element === undefined || step > MOST_STEPS) throw new FormulaError(`Flow ${flow.name} cannot go on at ${name}`);
    name = runElement({ interview, element });
  }
  return Object.fromEntries([...interview.assigned].map(([key, value]) => [interview.fieldNames.get(key) ?? key, value]));
}

function createInterview({ definition, row, now }: { definition: FlowDefinition; row: FormulaRow; now: number }): Interview {
  const assigned = new Map<string, unknown>();
  const variables = new Map<string, unknown>();
  const { resources } = definition;
  const before: FormulaRow = { ...row, isNew: false, read: (path) => row.readPrior(path), readPrior: (path) => row.readPrior(path), fieldType: (path) => row.fieldType(path) };
  return {
    definition,
    row: createFlowRow({ row, resources, assigned, variables, now }),
    priorRow: createFlowRow({ row: before, resources, assigned: new Map(), variables, now }),
    assigned,
    fieldNames: new Map(),
    variables,
  };
}

function isEntered({ interview, now }: { interview: Interview; now: number }): boolean {
  const { entry } = interview.definition;
  const meets = (row: FormulaRow): boolean =>
    entry.formula === null
      ? testConditions({ conditions: entry.conditions, logic: entry.logic, row })
      : evaluateFormula({ source: entry.formula, row, now, notation: "merge" }) === true;
  if (!meets(interview.row)) return false;
  return !entry.requiresChange || interview.row.isNew || !meets(interview.priorRow);
}

function runElement({ interview, element }: { interview: Interview; element: FlowElement }): string | null {
  if (element.kind !== "decision") {
    for (const item of element.items) assign({ interview, item });
    return element.next;
  }
  const rule = element.rules.find(({ conditions, logic, requiresChange }) => {
    if (!testConditions({ conditions, logic, row: interview.row })) return false;
    return !requiresChange || interview.row.isNew || !testConditions({ conditions, logic, row: interview.priorRow });
  });
  return rule === undefined ? element.next : rule.next;
}

function assign({ interview, item }: { interview: Interview; item: FlowAssignment }): void {
  const { row, assigned, variables, fieldNames } = interview;
  const { target } = item;
  const type = row.fieldType(target);
  if (type === undefined) throw new FormulaError(`${target} is not known here`);
  const given = readFlowValue({ value: item.value, row, type });
  const held = item.operator === "Assign" ? null : toFormulaValue({ path: target, type, stored: row.read(target) });
  const value = toStoredValue(combine({ operator: item.operator, held, given }));
  if (!target.toLowerCase().startsWith("$record.")) {
    variables.set(target, value);
    return;
  }
  const field = target.slice("$record.".length);
  fieldNames.set(field.toLowerCase(), field);
  // A checkbox has no blank: what is nothing unchecks it.
  assigned.set(field.toLowerCase(), type === "boolean" ? value === true : value);
}

function combine(request: { operator: FlowAssignment["operator"]; held: FormulaValue; given: FormulaValue }): FormulaValue {
  const { operator, held, given } = request;
  if (operator === "Assign") return given;
  if (held === null) return operator === "Subtract" && typeof given === "number" ? -given : given;
  if (given === null) return held;
  return operate({ operator: operator === "Add" ? "+" : "-", left: held, right: given, isText: typeof held === "string" });
}
