import type { PermissionSetRow, PermissionSetStore } from "../store/permission-sets.ts";
import type { FieldSchema, ObjectSchema, OrgSchema } from "../schema/org-schema.ts";

export type StagedPermissionSet = Pick<PermissionSetRow, "name" | "label" | "fieldPermissions" | "objectPermissions">;

/** A copy of the org's schema that a deployment changes, until it is committed or dropped. */
export interface Stage {
  readonly schema: OrgSchema;
  /** By name. */
  readonly permissionSets: Map<string, StagedPermissionSet>;
  /** Child relationships that this deployment makes, as `Parent.Name` in lower case, and by which field. */
  readonly childRelationships: Map<string, string>;
  commit(): void;
}

export function createStage(request: { schema: OrgSchema; permissionSets: PermissionSetStore }): Stage {
  const schema: OrgSchema = {
    objects: new Map([...request.schema.objects].map(([name, object]) => [name, copyObject(object)])),
    components: new Map(request.schema.components),
  };
  const permissionSets = new Map([...request.permissionSets.sets].map(([name, set]) => [name, copyPermissionSet(set)]));
  return {
    schema,
    permissionSets,
    childRelationships: new Map(),
    commit: () => {
      for (const object of schema.objects.values()) commitObject({ schema: request.schema, object });
      replaceAll({ target: request.schema.components, source: schema.components });
      for (const set of permissionSets.values()) commitPermissionSet({ store: request.permissionSets, set });
    },
  };
}

function copyObject(object: ObjectSchema): ObjectSchema {
  return {
    ...object,
    fields: new Map([...object.fields].map(([name, field]): [string, FieldSchema] => [name, { ...field, picklist: [...field.picklist] }])),
    validationRules: new Map([...object.validationRules].map(([name, rule]) => [name, { ...rule }])),
    beforeSaveFlows: new Map([...object.beforeSaveFlows].map(([name, flow]) => [name, { ...flow }])),
  };
}

function copyPermissionSet({ name, label, fieldPermissions, objectPermissions }: StagedPermissionSet): StagedPermissionSet {
  return { name, label, fieldPermissions: new Map(fieldPermissions), objectPermissions: new Map(objectPermissions) };
}

/** Into the maps that others hold. */
function commitObject({ schema, object }: { schema: OrgSchema; object: ObjectSchema }): void {
  const standing = schema.objects.get(object.name);
  if (standing === undefined) {
    schema.objects.set(object.name, object);
    return;
  }
  replaceAll({ target: standing.fields, source: object.fields });
  replaceAll({ target: standing.validationRules, source: object.validationRules });
  replaceAll({ target: standing.beforeSaveFlows, source: object.beforeSaveFlows });
}

function commitPermissionSet({ store, set }: { store: PermissionSetStore; set: StagedPermissionSet }): void {
  const row = store.add({ name: set.name, label: set.label });
  row.label = set.label;
  replaceAll({ target: row.fieldPermissions, source: set.fieldPermissions });
  replaceAll({ target: row.objectPermissions, source: set.objectPermissions });
}

function replaceAll<Key, Value>({ target, source }: { target: Map<Key, Value>; source: ReadonlyMap<Key, Value> }): void {
  target.clear();
  for (const [key, value] of source) target.set(key, value);
}
