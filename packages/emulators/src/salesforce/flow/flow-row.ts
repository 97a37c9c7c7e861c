import { evaluateFormula } from "../formula/evaluate-formula.ts";
import type { FormulaRow } from "../formula/formula-row.ts";
import { roundHalfUp } from "../formula/number-functions.ts";
import { toStoredValue } from "../formula/read-field.ts";
import type { FieldType } from "../schema/org-schema.ts";
import type { FlowDefinition, FlowResource } from "./flow-definition.ts";

const RECORD = "$record.";
const PRIOR = "$record__prior.";

export type FlowResources = FlowDefinition["resources"];

/** The types of what a flow's references name: fields of the record, resources, Salesforce's own variables. */
export function findFlowType(request: {
  path: string;
  resources: FlowResources;
  fieldType: (path: string) => FieldType | undefined;
}): FieldType | undefined {
  const { path, resources, fieldType } = request;
  const lower = path.toLowerCase();
  if (lower.startsWith(RECORD)) return fieldType(path.slice(RECORD.length));
  if (lower.startsWith(PRIOR)) return fieldType(path.slice(PRIOR.length));
  if (lower === "$flow.currentdatetime" || lower === "$flow.interviewstarttime") return "datetime";
  if (lower === "$flow.currentdate") return "date";
  if (lower === "$globalconstant.true" || lower === "$globalconstant.false") return "boolean";
  if (lower === "$globalconstant.emptystring") return "string";
  if (lower.startsWith("$")) return fieldType(path);
  return resources.get(path)?.type;
}

/** The record as the flow sees it: what it assigned already stands in the fields, and resources have values. */
export function createFlowRow(request: {
  row: FormulaRow;
  resources: FlowResources;
  /** What the flow gave the record's fields, by field name in lower case. */
  assigned: ReadonlyMap<string, unknown>;
  variables: ReadonlyMap<string, unknown>;
  now: number;
}): FormulaRow {
  const { row, resources, assigned, variables, now } = request;
  const flowRow: FormulaRow = {
    isNew: row.isNew,
    read: (path) => {
      const lower = path.toLowerCase();
      if (lower.startsWith(RECORD)) return readRecord({ path: path.slice(RECORD.length), row, assigned });
      if (lower.startsWith(PRIOR)) return row.isNew ? null : row.readPrior(path.slice(PRIOR.length));
      if (lower.startsWith("$")) return readGlobal({ path, row, now });
      const resource = resources.get(path);
      return resource === undefined ? undefined : readResource({ name: path, resource, flowRow, variables, now });
    },
    readPrior: (path) => (path.toLowerCase().startsWith(RECORD) ? row.readPrior(path.slice(RECORD.length)) : undefined),
    fieldType: (path) => findFlowType({ path, resources, fieldType: (name) => row.fieldType(name) }),
  };
  return flowRow;
}

function readRecord(request: { path: string; row: FormulaRow; assigned: ReadonlyMap<string, unknown> }): unknown {
  const { path, row, assigned } = request;
  const key = path.toLowerCase();
  return assigned.has(key) ? assigned.get(key) : row.read(path);
}

function readGlobal({ path, row, now }: { path: string; row: FormulaRow; now: number }): unknown {
  switch (path.toLowerCase()) {
    case "$flow.currentdatetime":
    case "$flow.interviewstarttime":
      return toStoredValue({ kind: "datetime", at: now });
    case "$flow.currentdate":
      return new Date(now).toISOString().slice(0, 10);
    case "$globalconstant.true":
      return true;
    case "$globalconstant.false":
      return false;
    case "$globalconstant.emptystring":
      return "";
    default:
      return row.read(path);
  }
}

function readResource(request: {
  name: string;
  resource: FlowResource;
  flowRow: FormulaRow;
  variables: ReadonlyMap<string, unknown>;
  now: number;
}): unknown {
  const { name, resource, flowRow, variables, now } = request;
  if (resource.kind !== "formula") return variables.has(name) ? variables.get(name) : resource.value;
  const value = evaluateFormula({ source: resource.expression, row: flowRow, now, notation: "merge" });
  if (typeof value === "number") return resource.scale === null ? value : roundHalfUp({ value, digits: resource.scale });
  // A condition that a blank leaves undecided is no yes.
  if (resource.type === "boolean") return value === true;
  return toStoredValue(value);
}
