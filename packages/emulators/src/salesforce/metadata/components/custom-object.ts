import { findObject } from "../../schema/find-object.ts";
import type { FieldSchema, ObjectSchema, OrgSchema } from "../../schema/org-schema.ts";
import { parseObject } from "../../schema/parse-object.ts";
import { readCustomObject, type CustomObjectMetadata } from "./custom-object-metadata.ts";
import { toAutoNumber } from "./to-auto-number.ts";
import { changeOfFile, checkLength, checkName, refuse, type ComponentDeployer } from "./deploy-request.ts";

const OPENNESS: Readonly<Record<string, number>> = { Private: 0, Read: 1, ReadWrite: 2 };

/** Makes a custom object, with the fields that every one has; a standard object's file changes nothing that the emulator keeps. */
export const deployCustomObject: ComponentDeployer = (request) => {
  const { component, stage } = request;
  const { fullName } = component;
  const metadata = readCustomObject({ element: component.element, owner: "CustomObject" });
  const standing = findObject({ schema: stage.schema, name: fullName });
  checkSharing(metadata);
  if (!/__[a-z]+$/i.test(fullName)) return standing === undefined ? refuse(`Entity of type 'CustomObject' named '${fullName}' cannot be found`) : "unchanged";
  if (!fullName.endsWith("__c")) refuse("This emulator has no custom objects but those that end with __c");
  checkName({ name: fullName.slice(0, -"__c".length), what: "Custom Object" });
  const object = toObjectSchema({ metadata, fullName, schema: stage.schema });
  if (standing === undefined) {
    stage.schema.objects.set(fullName, object);
    return "created";
  }
  changeTo({ standing, object });
  return changeOfFile(request);
};

/** What a custom object is called stays; how it names its rows may be said anew. */
function changeTo({ standing, object }: { standing: ObjectSchema; object: ObjectSchema }): void {
  if (standing.label !== object.label) refuse("This emulator cannot change the label of a custom object");
  const [before, after] = [standing.fields.get("Name"), object.fields.get("Name")];
  if ((before?.autoNumber === undefined) !== (after?.autoNumber === undefined)) refuse("This emulator cannot change the type of a name field");
  if (before !== undefined && after?.autoNumber !== undefined) standing.fields.set("Name", { ...before, autoNumber: after.autoNumber });
}

function checkSharing(metadata: CustomObjectMetadata): void {
  const { enableBulkApi, enableSharing, enableStreamingApi, sharingModel, externalSharingModel } = metadata;
  const switches = new Set([enableBulkApi, enableSharing, enableStreamingApi].map((value) => value ?? true));
  if (switches.size > 1) refuse("enableSharing, enableBulkApi and enableStreamingApi must all have the same value");
  const [inside, outside] = [OPENNESS[sharingModel ?? ""], OPENNESS[externalSharingModel ?? ""]];
  if (inside !== undefined && outside !== undefined && outside > inside) {
    refuse("The external sharing model cannot be more permissive than the internal sharing model");
  }
}

function toObjectSchema(request: { metadata: CustomObjectMetadata; fullName: string; schema: OrgSchema }): ObjectSchema {
  const { metadata, fullName, schema } = request;
  const { label = "", pluralLabel = "", nameField, deploymentStatus, sharingModel } = metadata;
  if (label === "") refuse("Must specify a non-empty label for the CustomObject");
  if (pluralLabel === "") refuse("Must specify a non-empty pluralLabel for the CustomObject");
  if (nameField === undefined) refuse("Must specify a nameField for the CustomObject");
  if (deploymentStatus === undefined) refuse("Must specify a deploymentStatus for the CustomObject");
  if (sharingModel === undefined) refuse("Must specify a sharingModel for the CustomObject");
  checkLength({ text: label, most: 40, what: "Label" });
  checkLength({ text: pluralLabel, most: 40, what: "Plural Label" });
  checkLength({ text: metadata.description, most: 1000, what: "Description" });
  const outline = { name: fullName, label, keyPrefix: nextKeyPrefix(schema), owner: sharingModel === "ControlledByParent" ? null : "Group|User" };
  const object = { ...parseObject({ ...outline, fields: "Name string 80 idLookup" }), isCustom: true };
  const name = object.fields.get("Name");
  if (name !== undefined) object.fields.set("Name", toNameField({ name, nameField }));
  return object;
}

function toNameField(request: { name: FieldSchema; nameField: NonNullable<CustomObjectMetadata["nameField"]> }): FieldSchema {
  const { name, nameField } = request;
  const { label, type } = nameField;
  if (label === "") refuse("Must specify a non-empty label for the name field");
  if (type === "AutoNumber") return { ...name, label, nillable: false, createable: false, updateable: false, autoNumber: toAutoNumber(nameField) };
  for (const member of ["displayFormat", "startingNumber"] as const) {
    if (nameField[member] !== undefined) refuse(`Can not specify '${member}' for a CustomField of type Text`);
  }
  return { ...name, label };
}

/** `a00`, `a01`, …: in an org's own order of making. */
function nextKeyPrefix(schema: OrgSchema): string {
  const count = [...schema.objects.values()].filter(({ isCustom }) => isCustom).length;
  const taken = new Set([...schema.objects.values()].map(({ keyPrefix }) => keyPrefix));
  for (let number = count; ; number += 1) {
    const prefix = `a${number.toString(36).padStart(2, "0")}`;
    if (!taken.has(prefix)) return prefix;
  }
}
