import { findField, findObject } from "../../schema/find-object.ts";
import { addressOf, partsOfAddress } from "../../schema/compound-fields.ts";
import { componentKey } from "../../schema/deployed-component.ts";
import { isPermissionable } from "../../schema/is-permissionable.ts";
import type { FieldSchema, ObjectSchema } from "../../schema/org-schema.ts";
import type { Stage, StagedPermissionSet } from "../stage.ts";
import { changeOf, checkLength, checkName, refuse, type ComponentDeployer } from "./deploy-request.ts";
import { readPermissionSet, type PermissionSetMetadata } from "./permission-set-metadata.ts";

type ObjectPermission = PermissionSetMetadata["objectPermissions"][number];
type FieldPermission = PermissionSetMetadata["fieldPermissions"][number];
type FieldGrant = { readonly readable: boolean; readonly editable: boolean };

/** A permission set takes the place of what stood under its name, as since API version 40. */
export const deployPermissionSet: ComponentDeployer = ({ component, stage }) => {
  const { fullName } = component;
  checkName({ name: fullName, what: "Permission Set", most: 80 });
  const metadata = readPermissionSet({ element: component.element, owner: "PermissionSet" });
  if (metadata.label === "") refuse("Required fields are missing: [Label]");
  checkLength({ text: metadata.label, most: 80, what: "Label" });
  checkLength({ text: metadata.description, most: 255, what: "Description" });
  const [apex] = metadata.classAccesses;
  checkNamed({ metadata, stage });
  if (apex !== undefined) refuse(`In field: apexClass - no ApexClass named ${apex.apexClass} found`);
  const set: StagedPermissionSet = {
    name: fullName,
    label: metadata.label,
    objectPermissions: new Map(metadata.objectPermissions.map((permission) => toObjectEntry({ permission, stage }))),
    fieldPermissions: new Map(metadata.fieldPermissions.flatMap((permission) => toFieldEntries({ permission, stage }))),
  };
  refuseTwins(metadata);
  demandParents({ set, stage });
  const before = stage.permissionSets.get(fullName);
  stage.permissionSets.set(fullName, set);
  return changeOf({ before: before === undefined ? undefined : toComparable(before), after: toComparable(set) });
};

/** Tabs and custom permissions are the org's own; those that begin with `standard-` are Salesforce's. */
function checkNamed({ metadata, stage }: { metadata: PermissionSetMetadata; stage: Stage }): void {
  const { components } = stage.schema;
  for (const { tab } of metadata.tabSettings) {
    const isKnown = tab.startsWith("standard-") || components.has(componentKey({ type: "CustomTab", fullName: tab }));
    if (!isKnown) refuse(`In field: tab - no CustomTab named ${tab} found`);
  }
  for (const { name } of metadata.customPermissions) {
    if (!components.has(componentKey({ type: "CustomPermission", fullName: name }))) refuse(`In field: customPermission - no CustomPermission named ${name} found`);
  }
}

function toObjectEntry(request: { permission: ObjectPermission; stage: Stage }): [string, { read: boolean; create: boolean; edit: boolean; delete: boolean }] {
  const { permission, stage } = request;
  const object = findObject({ schema: stage.schema, name: permission.object });
  if (object === undefined) refuse(`In field: field - no CustomObject named ${permission.object} found`);
  const { allowRead, allowCreate, allowEdit, allowDelete, viewAllRecords, modifyAllRecords } = permission;
  const name = object.name;
  demand({ holds: !allowCreate || allowRead, permission: `Create ${name}`, others: `Read ${name}` });
  demand({ holds: !allowEdit || allowRead, permission: `Edit ${name}`, others: `Read ${name}` });
  demand({ holds: !allowDelete || (allowRead && allowEdit), permission: `Delete ${name}`, others: `Read ${name}, Edit ${name}` });
  demand({ holds: !viewAllRecords || allowRead, permission: `View All ${name}`, others: `Read ${name}` });
  demand({
    holds: !modifyAllRecords || (allowRead && allowEdit && allowDelete && viewAllRecords),
    permission: `Modify All ${name}`,
    others: `Read ${name}, Edit ${name}, Delete ${name}, View All ${name}`,
  });
  return [name, { read: allowRead, create: allowCreate, edit: allowEdit, delete: allowDelete }];
}

/** Who reads details reads their master, and who reads contacts reads accounts. */
function demandParents({ set, stage }: { set: StagedPermissionSet; stage: Stage }): void {
  for (const [name, { read }] of set.objectPermissions) {
    for (const parent of read ? mastersOf({ name, stage }) : []) {
      demand({ holds: set.objectPermissions.get(parent)?.read === true, permission: `Read ${name}`, others: `Read ${parent}` });
    }
  }
}

function mastersOf({ name, stage }: { name: string; stage: Stage }): readonly string[] {
  if (name === "Contact") return ["Account"];
  const fields = [...(stage.schema.objects.get(name)?.fields.values() ?? [])];
  return fields.filter(({ isCustom, type, updateable, deleteRule }) => isCustom && type === "reference" && !updateable && deleteRule === "cascade").flatMap(({ referenceTo }) => referenceTo);
}

function demand(request: { holds: boolean; permission: string; others: string }): void {
  if (!request.holds) refuse(`Permission ${request.permission} depends on permission(s): ${request.others}`);
}

/** An address is granted as a whole, and its parts with it. */
function toFieldEntries(request: { permission: FieldPermission; stage: Stage }): readonly [string, FieldGrant][] {
  const { permission, stage } = request;
  const [objectName = "", fieldName = "", ...rest] = permission.field.split(".");
  const object = findObject({ schema: stage.schema, name: objectName });
  const field = object === undefined || rest.length > 0 ? undefined : findField({ object, name: fieldName });
  if (object === undefined || field === undefined || addressOf({ object, field }) !== undefined) {
    return refuse(`In field: field - no CustomField named ${permission.field} found`);
  }
  if (!isPermissionable({ object, field })) refuse(`You cannot deploy to a required field: ${object.name}.${field.name}`);
  const { editable, readable = false } = permission;
  if (editable && !readable) refuse(`Field ${object.name}.${field.name}: editable depends on readable`);
  const parts = partsOfAddress({ object, compound: field });
  if (editable && parts.length === 0 && !field.createable && !field.updateable) refuse(`Field ${object.name}.${field.name} is not editable`);
  return [field, ...parts].map((granted) => [keyOf({ object, field: granted }), { readable, editable }]);
}

function keyOf({ object, field }: { object: ObjectSchema; field: FieldSchema }): string {
  return `${object.name}.${field.name}`;
}

function refuseTwins(metadata: PermissionSetMetadata): void {
  const names = [...metadata.fieldPermissions.map(({ field }) => field), ...metadata.objectPermissions.map(({ object }) => object)];
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin !== undefined) refuse(`Duplicate permission for ${twin}`);
}

function toComparable({ label, fieldPermissions, objectPermissions }: StagedPermissionSet): unknown {
  const sorted = (map: ReadonlyMap<string, unknown>): unknown => [...map].toSorted(([first], [second]) => (first < second ? -1 : 1));
  return [label, sorted(fieldPermissions), sorted(objectPermissions)];
}
