import { describeCountries, describeStates } from "../address/describe-address-picklists.ts";
import type { FieldView } from "../access/object-view.ts";
import { isPermissionable } from "../schema/is-permissionable.ts";
import type { FieldSchema, FieldType, ObjectSchema } from "../schema/org-schema.ts";

const SOAP_TYPES: Readonly<Record<FieldType, string>> = {
  id: "tns:ID", reference: "tns:ID", boolean: "xsd:boolean", int: "xsd:int", double: "xsd:double", currency: "xsd:double",
  percent: "xsd:double", date: "xsd:date", datetime: "xsd:dateTime", time: "xsd:time", address: "urn:address",
  string: "xsd:string", textarea: "xsd:string", email: "xsd:string", phone: "xsd:string", url: "xsd:string",
  picklist: "xsd:string", multipicklist: "xsd:string",
};

/** A field of a describe, as the user sees it. */
export function describeField({ object, view }: { object: ObjectSchema; view: FieldView }): Record<string, unknown> {
  const { field } = view;
  const request = { object, field };
  return {
    name: field.name,
    label: field.label,
    type: field.type,
    soapType: SOAP_TYPES[field.type],
    custom: field.isCustom,
    ...describeSize(field),
    nillable: field.nillable,
    defaultValue: field.defaultValue,
    defaultedOnCreate: field.autoNumber !== undefined || isNameOfCustom(request) || field.defaultValue !== null || field.name === "OwnerId" || field.type === "boolean",
    createable: view.isCreateable,
    updateable: view.isUpdateable,
    permissionable: isPermissionable(request),
    calculated: false,
    calculatedFormula: null,
    autoNumber: field.autoNumber !== undefined,
    ...describeKey(field),
    ...describeUse(field),
    restrictedPicklist: field.isRestrictedPicklist,
    dependentPicklist: isStateCode(field),
    controllerName: isStateCode(field) ? field.name.replace(/StateCode$/, "CountryCode") : null,
    picklistValues: describePicklist(field),
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    cascadeDelete: field.deleteRule === "cascade" && field.type === "reference",
    restrictedDelete: field.deleteRule === "restrict" && field.type === "reference",
    htmlFormatted: false,
    encrypted: false,
    deprecatedAndHidden: false,
    inlineHelpText: null,
    extraTypeInfo: null,
  };
}

/** A name that is left blank becomes the id. */
function isNameOfCustom({ object, field }: { object: ObjectSchema; field: FieldSchema }): boolean {
  return object.isCustom && field.name === "Name";
}

function describeSize(field: FieldSchema): Record<string, unknown> {
  return {
    length: field.length,
    byteLength: field.length * 3,
    digits: field.type === "int" ? field.precision : 0,
    precision: field.type === "int" ? 0 : field.precision,
    scale: field.scale,
  };
}

function describeKey(field: FieldSchema): Record<string, unknown> {
  return {
    externalId: field.isExternalId,
    unique: field.isUnique,
    caseSensitive: field.isCaseSensitive,
    idLookup: field.isIdLookup || field.isExternalId,
    nameField: field.name === "Name",
    namePointing: field.referenceTo.length > 1,
  };
}

function describeUse(field: FieldSchema): Record<string, unknown> {
  const isPlain = !(field.type === "textarea" && field.length > 255) && field.type !== "address";
  return {
    filterable: isPlain,
    sortable: isPlain && field.type !== "multipicklist",
    groupable: isPlain && field.type !== "datetime" && field.type !== "multipicklist",
    aggregatable: isPlain,
  };
}

function isStateCode(field: FieldSchema): boolean {
  return field.type === "picklist" && field.name.endsWith("StateCode");
}

function describePicklist(field: FieldSchema): readonly unknown[] {
  if (isStateCode(field)) return describeStates();
  if (field.type === "picklist" && field.name.endsWith("CountryCode")) return describeCountries();
  return field.picklist.map((value) => ({ value, label: value, active: true, defaultValue: value === field.defaultValue, validFor: null }));
}
