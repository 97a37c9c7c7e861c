import { evaluateFormula } from "../../formula/evaluate-formula.ts";
import { FormulaError } from "../../formula/formula-error.ts";
import { toStoredValue } from "../../formula/read-field.ts";
import { findField, findObject } from "../../schema/find-object.ts";
import type { FieldSchema, ObjectSchema } from "../../schema/org-schema.ts";
import { ownNameOf, parentOf } from "../component.ts";
import { readCustomField, type CustomFieldMetadata, type MetadataFieldType } from "./custom-field-metadata.ts";
import { changeOf, checkLength, checkName, refuse, requireObject, type ComponentDeployer, type DeployRequest } from "./deploy-request.ts";
import { toAutoNumber } from "./to-auto-number.ts";
import { checkMembers, fieldTypeRule } from "./field-type-rules.ts";

const MOST_EXTERNAL_IDS = 25;
const LENGTHS: Readonly<Partial<Record<MetadataFieldType, number>>> = { Email: 80, Phone: 40, Url: 255, TextArea: 255, Picklist: 255, MultiselectPicklist: 4099, Lookup: 18, MasterDetail: 18, AutoNumber: 30 };

/** A custom field starts hidden: nobody sees it until a permission set grants it. */
export const deployCustomField: ComponentDeployer = (request) => {
  const { component, stage } = request;
  const object = requireObject({ stage, name: parentOf(component) });
  const field = readCustomField({ element: component.element, owner: "CustomField" });
  const name = ownNameOf(component);
  if (!name.endsWith("__c")) return acceptStandardField({ object, name });
  checkName({ name: name.slice(0, -"__c".length), what: "Custom Field" });
  const { type } = field;
  if (type === undefined) return refuse("Must specify a non-empty type for the CustomField");
  const made = toFieldSchema({ request, object, name, field, type });
  const before = findField({ object, name });
  if (before !== undefined && before.type !== made.type) refuse(`This emulator cannot change the type of a field: ${object.name}.${name}`);
  if (made.isExternalId && before?.isExternalId !== true) countExternalIds(object);
  object.fields.set(before?.name ?? made.name, made);
  return changeOf({ before, after: made });
};

/** Files of standard objects list standard fields too, for what the emulator does not keep, such as history tracking. */
function acceptStandardField({ object, name }: { object: ObjectSchema; name: string }): "unchanged" {
  if (findField({ object, name }) === undefined) refuse(`Entity Enumeration Or ID: no CustomField named ${object.name}.${name} found`);
  return "unchanged";
}

interface FieldRequest {
  readonly request: DeployRequest;
  readonly object: ObjectSchema;
  readonly name: string;
  readonly field: CustomFieldMetadata;
  readonly type: MetadataFieldType;
}

function toFieldSchema(given: FieldRequest): FieldSchema {
  const { field, type, name, object } = given;
  const label = field.label ?? "";
  if (label === "") refuse("Must specify a non-empty label for the CustomField");
  checkLength({ text: label, most: 40, what: "Field Label" });
  checkLength({ text: field.inlineHelpText, most: 510, what: "Help Text" });
  checkLength({ text: field.description, most: 1000, what: "Description" });
  checkMembers({ field, type });
  checkRequired({ field, type });
  const reference = toReference(given);
  return {
    name,
    label,
    type: fieldTypeRule(type).fieldType,
    isCustom: true,
    length: field.length ?? LENGTHS[type] ?? 0,
    precision: field.precision ?? 0,
    scale: field.scale ?? 0,
    nillable: type !== "AutoNumber" && type !== "Checkbox" && type !== "MasterDetail" && field.required !== true,
    ...toDefaults({ field, type, object }),
    createable: type !== "AutoNumber",
    updateable: type !== "AutoNumber" && (type !== "MasterDetail" || field.reparentableMasterDetail === true),
    isExternalId: field.externalId ?? false,
    isUnique: field.unique ?? false,
    isCaseSensitive: field.caseSensitive ?? false,
    isIdLookup: field.externalId ?? false,
    ...reference,
    ...(type === "AutoNumber" ? { autoNumber: toAutoNumber(field) } : {}),
    isVisible: false,
  };
}

function checkRequired({ field, type }: { field: CustomFieldMetadata; type: MetadataFieldType }): void {
  if (field.required === true && ["Checkbox", "LongTextArea", "Html", "MultiselectPicklist", "MasterDetail", "AutoNumber"].includes(type)) {
    refuse(`Can not specify 'required' for a CustomField of type ${type}`);
  }
  const isKey = field.unique === true || field.externalId === true;
  if (field.caseSensitive === true && !isKey) refuse("Can not specify 'caseSensitive' for a CustomField that is neither unique nor an external ID");
}

function countExternalIds(object: ObjectSchema): void {
  const count = [...object.fields.values()].filter(({ isCustom, isExternalId }) => isCustom && isExternalId).length;
  if (count >= MOST_EXTERNAL_IDS) refuse(`You have reached the maximum number of ${MOST_EXTERNAL_IDS} external ID fields for this object`);
}

function toReference(given: FieldRequest): Pick<FieldSchema, "referenceTo" | "relationshipName" | "deleteRule"> {
  const { field, type, name, object, request } = given;
  if (type !== "Lookup" && type !== "MasterDetail") {
    if (field.referenceTo.length > 0) refuse(`Can not specify 'referenceTo' for a CustomField of type ${type}`);
    return { referenceTo: [], relationshipName: null, deleteRule: "setNull" };
  }
  const [target, second] = field.referenceTo;
  if (target === undefined || target === "") refuse(`Must specify 'referenceTo' for a CustomField of type ${type}`);
  if (second !== undefined) refuse("A custom field refers to one object only");
  const parent = findObject({ schema: request.stage.schema, name: target });
  if (parent === undefined) refuse(`referenceTo value of '${target}' does not resolve to a valid sObject type`);
  claimRelationship({ given, parent });
  if (type === "MasterDetail" && !object.isCustom) refuse("A standard object cannot be the detail side of a master-detail relationship");
  const { deleteConstraint = "SetNull" } = field;
  if (field.required === true && deleteConstraint === "SetNull" && type === "Lookup") {
    refuse("A required lookup field must specify a deleteConstraint of either Restrict or Cascade");
  }
  const isCascade = type === "MasterDetail" || deleteConstraint === "Cascade";
  return {
    referenceTo: [parent.name],
    relationshipName: `${name.slice(0, -"__c".length)}__r`,
    deleteRule: isCascade ? "cascade" : deleteConstraint === "Restrict" ? "restrict" : "setNull",
  };
}

function claimRelationship({ given, parent }: { given: FieldRequest; parent: ObjectSchema }): void {
  const { field, name, object, request } = given;
  const { relationshipName = "" } = field;
  checkName({ name: relationshipName, what: "Child Relationship" });
  const key = `${parent.name}.${relationshipName}`.toLowerCase();
  const owner = request.stage.childRelationships.get(key);
  if (owner !== undefined && owner !== `${object.name}.${name}`) refuse(`There is already a Child Relationship named ${relationshipName} on ${parent.label}.`);
  request.stage.childRelationships.set(key, `${object.name}.${name}`);
}

type Defaults = Pick<FieldSchema, "defaultValue" | "picklist" | "isRestrictedPicklist">;

function toDefaults({ field, type, object }: { field: CustomFieldMetadata; type: MetadataFieldType; object: ObjectSchema }): Defaults {
  const { valueSet, defaultValue } = field;
  if (valueSet !== undefined) {
    const values = valueSet.valueSetDefinition?.value ?? refuse("Must specify 'valueSetDefinition' for the value set");
    if (values.length === 0) refuse("A picklist has at least one value");
    const names = values.map(({ fullName }) => fullName);
    if (new Set(names.map((name) => name.toLowerCase())).size !== names.length) refuse("Duplicate value in the value set");
    const defaults = values.filter((value) => value.default);
    if (defaults.length > 1) refuse("Only one value of a value set can be the default");
    const picklist = values.filter(({ isActive }) => isActive !== false).map(({ fullName }) => fullName);
    return { defaultValue: defaults[0]?.fullName ?? null, picklist, isRestrictedPicklist: valueSet.restricted ?? false };
  }
  return { defaultValue: toDefaultValue({ defaultValue, type, object }), picklist: [], isRestrictedPicklist: false };
}

function toDefaultValue(request: { defaultValue: string | undefined; type: MetadataFieldType; object: ObjectSchema }): FieldSchema["defaultValue"] {
  const { defaultValue, type } = request;
  if (defaultValue === undefined || defaultValue === "") return null;
  if (type === "Checkbox") {
    if (defaultValue !== "true" && defaultValue !== "false") refuse("The default value of a Checkbox is true or false");
    return defaultValue === "true";
  }
  try {
    const row = { isNew: true, read: () => null, readPrior: () => null, fieldType: () => undefined };
    if (/\b(?:NOW|TODAY)\s*\(/i.test(defaultValue)) refuse("This emulator has no default value that depends on the time");
    return toStoredValue(evaluateFormula({ source: defaultValue, row, now: 0 }));
  } catch (error) {
    if (error instanceof FormulaError) return refuse(`Error in the default value: ${error.message}`);
    throw error;
  }
}
