import { checkFormulaSource } from "../formula/check-formula-source.ts";
import { findSchemaField, createFieldTypes } from "../formula/find-schema-field.ts";
import { FormulaError } from "../formula/formula-error.ts";
import { toFormulaType } from "../formula/formula-type.ts";
import { MetadataProblem } from "../metadata/metadata-problem.ts";
import { findField, findObject } from "../schema/find-object.ts";
import type { FieldType, ObjectSchema, OrgSchema } from "../schema/org-schema.ts";
import type { FlowCondition, FlowDefinition, FlowElement, FlowValue } from "./flow-definition.ts";
import { findFlowType } from "./flow-row.ts";
import { parseLogic } from "./condition-logic.ts";

interface Check {
  readonly definition: FlowDefinition;
  readonly object: ObjectSchema;
  readonly schema: OrgSchema;
  readonly typeOf: (path: string) => FieldType | undefined;
}

const KINDS = { assignment: "Assignment", decision: "Decision", recordUpdate: "Update Records" } as const;

/** Throws a `MetadataProblem` where a flow names an object, a field, an element or a resource that is not there, or a formula does not fit. */
export function checkFlow({ definition, schema }: { definition: FlowDefinition; schema: OrgSchema }): ObjectSchema {
  const object = findObject({ schema, name: definition.object });
  if (object === undefined) refuse({ place: "Start (Start)", problem: `The object "${definition.object}" can't be found` });
  const fieldType = createFieldTypes({ schema, object });
  const check: Check = {
    definition,
    object,
    schema,
    typeOf: (path) => findFlowType({ path, resources: definition.resources, fieldType }),
  };
  checkEntry(check);
  checkConnector({ check, place: "Start (Start)", next: definition.first });
  for (const [name, element] of definition.elements) checkElement({ check, place: `${name} (${KINDS[element.kind]})`, element });
  for (const [name, resource] of definition.resources) {
    if (resource.kind === "formula") checkExpression({ check, place: `${name} (Formula)`, source: resource.expression, type: resource.type });
  }
  return object;
}

function refuse({ place, problem }: { place: string; problem: string }): never {
  throw new MetadataProblem({ problem: `${place} - ${problem}` });
}

function checkEntry(check: Check): void {
  const { entry } = check.definition;
  const place = "Start (Start)";
  if (entry.formula !== null) checkExpression({ check, place, source: entry.formula, type: "boolean" });
  checkConditions({ check, place, conditions: entry.conditions, logic: entry.logic });
}

function checkElement({ check, place, element }: { check: Check; place: string; element: FlowElement }): void {
  checkConnector({ check, place, next: element.next });
  if (element.kind === "decision") {
    for (const { conditions, logic, next } of element.rules) {
      if (conditions.length === 0) refuse({ place, problem: "An outcome has no conditions" });
      checkConditions({ check, place, conditions, logic });
      checkConnector({ check, place, next });
    }
    return;
  }
  for (const { target, value } of element.items) {
    checkTarget({ check, place, target });
    checkValue({ check, place, value });
  }
}

function checkConnector({ check, place, next }: { check: Check; place: string; next: string | null }): void {
  if (next !== null && !check.definition.elements.has(next)) refuse({ place, problem: `The element has an invalid reference to "${next}".` });
}

function checkConditions(request: { check: Check; place: string; conditions: readonly FlowCondition[]; logic: string }): void {
  const { check, place, conditions, logic } = request;
  if (parseLogic({ logic, count: conditions.length }) === null) refuse({ place, problem: `The condition logic "${logic}" is not valid` });
  for (const { left, operator, right } of conditions) {
    if (["In", "NotIn", "None", "WasSet", "WasSelected", "WasVisited"].includes(operator)) refuse({ place, problem: `This emulator has no operator ${operator}` });
    checkReference({ check, place, path: left });
    checkValue({ check, place, value: right });
    if (["IsNull", "IsChanged", "IsBlank", "IsEmpty"].includes(operator) && right.kind === "literal" && typeof right.value !== "boolean") {
      refuse({ place, problem: `The operator ${operator} takes a Boolean value` });
    }
  }
}

function checkValue({ check, place, value }: { check: Check; place: string; value: FlowValue }): void {
  if (value.kind === "reference") checkReference({ check, place, path: value.path });
}

function checkReference({ check, place, path }: { check: Check; place: string; path: string }): void {
  if (check.typeOf(path) !== undefined) return;
  const field = /^\$Record(?:__Prior)?\.(.+)$/i.exec(path)?.[1];
  if (field !== undefined) refuse({ place, problem: `The field "${field}" for the object "${check.object.name}" doesn't exist.` });
  refuse({ place, problem: `The element has an invalid reference to "${path}".` });
}

function checkTarget({ check, place, target }: { check: Check; place: string; target: string }): void {
  checkReference({ check, place, path: target });
  const name = /^\$Record\.(.+)$/i.exec(target)?.[1];
  if (name === undefined) {
    if (check.definition.resources.get(target)?.kind !== "variable") refuse({ place, problem: `"${target}" can't be assigned a value` });
    return;
  }
  const field = findField({ object: check.object, name });
  if (field === undefined || findSchemaField({ schema: check.schema, object: check.object, path: name })?.name !== field.name) {
    refuse({ place, problem: `The field "${name}" of another record can't be assigned a value before the save` });
  }
  if (!field.createable && !field.updateable) refuse({ place, problem: `The field "${name}" for the object "${check.object.name}" isn't writable` });
}

function checkExpression({ check, place, source, type }: { check: Check; place: string; source: string; type: FieldType }): void {
  try {
    checkFormulaSource({ source, notation: "merge", fieldType: check.typeOf, expected: toFormulaType({ path: place, type }) });
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    refuse({ place, problem: `The formula expression is invalid: ${error.message}` });
  }
}
