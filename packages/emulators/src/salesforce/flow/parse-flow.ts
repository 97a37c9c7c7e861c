import { MetadataProblem } from "../metadata/metadata-problem.ts";
import type { XmlElement } from "../metadata/xml-element.ts";
import type { FieldType } from "../schema/org-schema.ts";
import type { FlowAssignment, FlowCondition, FlowDefinition, FlowElement, FlowEntry, FlowResource, FlowValue } from "./flow-definition.ts";
import { readFlowMetadata, type FlowConditionMetadata, type FlowMetadata, type FlowValueMetadata } from "./flow-metadata.ts";

export const FLOW_TYPES: Readonly<Record<string, FieldType>> = {
  String: "string",
  Number: "double",
  Currency: "currency",
  Boolean: "boolean",
  Date: "date",
  DateTime: "datetime",
  Picklist: "string",
  Multipicklist: "string",
};

/** Reads a `<Flow>` element. Throws a `MetadataProblem` for what no record-triggered before-save flow holds. */
export function parseFlow(element: XmlElement): { definition: FlowDefinition; isActive: boolean } {
  const metadata = readFlowMetadata({ element, owner: "Flow" });
  const { start, processType } = metadata;
  if (processType !== "AutoLaunchedFlow") refuse(`This emulator has no flows of the process type ${processType}`);
  if (start === undefined) refuse("The flow has no start element");
  if (start.triggerType !== "RecordBeforeSave") refuse("This emulator runs record-triggered flows with the trigger type RecordBeforeSave only");
  const { object, recordTriggerType } = start;
  if (object === undefined || object === "") refuse("Start (Start) - The object is missing");
  if (recordTriggerType !== "Create" && recordTriggerType !== "Update" && recordTriggerType !== "CreateAndUpdate") {
    refuse("Start (Start) - The record trigger type is not valid for the trigger type RecordBeforeSave");
  }
  const definition: FlowDefinition = {
    label: metadata.label,
    object,
    recordTriggerType,
    entry: toEntry(start),
    first: start.connector?.targetReference ?? null,
    elements: new Map(toElements(metadata)),
    resources: new Map(toResources(metadata)),
  };
  refuseTwins(metadata);
  return { definition, isActive: metadata.status === "Active" };
}

function refuse(problem: string): never {
  throw new MetadataProblem({ problem });
}

function toEntry(start: NonNullable<FlowMetadata["start"]>): FlowEntry {
  const { filterFormula, filters, filterLogic, doesRequireRecordChangedToMeetCriteria = false } = start;
  const formula = filterFormula === undefined || filterFormula === "" ? null : filterFormula;
  if (formula !== null && filters.length > 0) refuse("Start (Start) - Use either a filter formula or filters");
  if (filters.length > 0 && filterLogic === undefined) refuse("Start (Start) - The filter logic is missing");
  if (doesRequireRecordChangedToMeetCriteria && formula === null && filters.length === 0) {
    refuse("Start (Start) - doesRequireRecordChangedToMeetCriteria needs entry conditions");
  }
  return {
    formula,
    logic: filterLogic ?? "and",
    conditions: filters.map(({ field, operator, value }) => ({ left: `$Record.${field}`, operator, right: toValue(value) })),
    requiresChange: doesRequireRecordChangedToMeetCriteria,
  };
}

function toElements(metadata: FlowMetadata): [string, FlowElement][] {
  return [
    ...metadata.assignments.map(({ name, assignmentItems, connector }): [string, FlowElement] => [
      name,
      { kind: "assignment", items: assignmentItems.map((item) => toAssignment({ name, item })), next: connector?.targetReference ?? null },
    ]),
    ...metadata.recordUpdates.map((update): [string, FlowElement] => [update.name, toRecordUpdate(update)]),
    ...metadata.decisions.map(({ name, rules, defaultConnector }): [string, FlowElement] => [
      name,
      { kind: "decision", rules: rules.map(toRule), next: defaultConnector?.targetReference ?? null },
    ]),
  ];
}

function toRule(rule: FlowMetadata["decisions"][number]["rules"][number]): Extract<FlowElement, { kind: "decision" }>["rules"][number] {
  return {
    name: rule.name,
    logic: rule.conditionLogic,
    conditions: rule.conditions.map(toCondition),
    requiresChange: rule.doesRequireRecordChangedToMeetCriteria ?? false,
    next: rule.connector?.targetReference ?? null,
  };
}

function toCondition({ leftValueReference, operator, rightValue }: FlowConditionMetadata): FlowCondition {
  return { left: leftValueReference, operator, right: toValue(rightValue) };
}

function toAssignment(request: { name: string; item: FlowMetadata["assignments"][number]["assignmentItems"][number] }): FlowAssignment {
  const { assignToReference, operator, value } = request.item;
  if (operator !== "Assign" && operator !== "Add" && operator !== "Subtract") {
    refuse(`${request.name} (Assignment) - This emulator has no operator ${operator}`);
  }
  return { target: assignToReference, operator, value: toValue(value) };
}

function toRecordUpdate(update: FlowMetadata["recordUpdates"][number]): FlowElement {
  const { name, inputReference, inputAssignments, filters, object, connector } = update;
  if (inputReference !== "$Record" || filters.length > 0 || object !== undefined) {
    refuse(`${name} (Update Records) - A flow that runs before the save can update the record that triggered it only ($Record)`);
  }
  const items = inputAssignments.map(({ field, value }): FlowAssignment => ({ target: `$Record.${field}`, operator: "Assign", value: toValue(value) }));
  return { kind: "recordUpdate", items, next: connector?.targetReference ?? null };
}

function toValue(value: FlowValueMetadata | undefined): FlowValue {
  if (value === undefined) return { kind: "literal", value: null, type: null };
  if (value.elementReference !== undefined) return { kind: "reference", path: value.elementReference };
  if (value.booleanValue !== undefined) return { kind: "literal", value: value.booleanValue, type: "boolean" };
  if (value.numberValue !== undefined) return { kind: "literal", value: value.numberValue, type: "double" };
  if (value.dateTimeValue !== undefined) return { kind: "literal", value: value.dateTimeValue, type: "datetime" };
  if (value.dateValue !== undefined) return { kind: "literal", value: value.dateValue, type: "date" };
  return { kind: "literal", value: value.stringValue ?? null, type: "string" };
}

function toResources(metadata: FlowMetadata): [string, FlowResource][] {
  return [
    ...metadata.formulas.map(({ name, dataType = "String", expression, scale }): [string, FlowResource] => [
      name,
      { kind: "formula", type: toType({ name, dataType }), expression, scale: scale ?? null },
    ]),
    ...metadata.constants.map(({ name, dataType, value }): [string, FlowResource] => [
      name,
      { kind: "constant", type: toType({ name, dataType }), value: literalOf({ name, value }) },
    ]),
    ...metadata.variables.map(({ name, dataType, isCollection, value }): [string, FlowResource] => {
      if (isCollection === true) refuse(`${name} (Variable) - This emulator has no collections`);
      return [name, { kind: "variable", type: toType({ name, dataType }), value: literalOf({ name, value }) }];
    }),
  ];
}

function toType({ name, dataType }: { name: string; dataType: string }): FieldType {
  return FLOW_TYPES[dataType] ?? refuse(`${name} - This emulator has no resources of the data type ${dataType}`);
}

function literalOf({ name, value }: { name: string; value: FlowValueMetadata | undefined }): string | number | boolean | null {
  const read = toValue(value);
  return read.kind === "literal" ? read.value : refuse(`${name} - This emulator has no resource that starts with another one's value`);
}

function refuseTwins(metadata: FlowMetadata): void {
  const nodes = [...metadata.assignments, ...metadata.recordUpdates, ...metadata.decisions, ...metadata.formulas, ...metadata.constants, ...metadata.variables];
  const names = [...nodes, ...metadata.decisions.flatMap(({ rules }) => rules)].map(({ name }) => name);
  for (const [index, name] of names.entries()) {
    if (!/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(name)) refuse(`${name} - The API name may hold letters, digits and single underscores, and starts with a letter`);
    if (names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) !== index) refuse(`Duplicate API name: ${name}`);
  }
}
