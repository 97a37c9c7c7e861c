import { addressOf } from "../schema/compound-fields.ts";
import { isFieldOf, isObjectOf } from "../schema/first-versions.ts";
import { isPermissionable } from "../schema/is-permissionable.ts";
import type { FieldSchema, ObjectSchema } from "../schema/org-schema.ts";
import { objectNamed, type Org } from "../store/org.ts";
import { grantsField, type IntegrationProfile } from "../store/integration-profile.ts";
import type { PermissionSetRow } from "../store/permission-sets.ts";
import { createObjectView, type FieldView, type ObjectView } from "./object-view.ts";

/** Who makes a call and how: one per call, since a deployment may change what is visible between two. */
export interface Access {
  readonly userId: string;
  /** Sees and writes all, read-only fields included. */
  readonly isAdministrator: boolean;
  /** 62 for v62.0. */
  readonly apiVersion: number;
  /** Values arrive as text, as from CSV. */
  readonly acceptsTexts: boolean;
  /** `Sforce-Duplicate-Rule-Header: allowSave=true`. */
  readonly allowsDuplicates: boolean;
  /** Null: there is no such object, or none that this user sees. */
  view(objectName: string): ObjectView | null;
}

export function createAccess(request: {
  org: Org;
  userId: string;
  apiVersion: number;
  isAdministrator?: boolean;
  acceptsTexts?: boolean;
  allowsDuplicates?: boolean;
}): Access {
  const { org, userId, apiVersion } = request;
  const isAdministrator = request.isAdministrator ?? false;
  const sets = [...org.permissionSets.sets.values()].filter(({ id }) => org.permissionSets.assignments.has(`${userId}:${id}`));
  const views = new Map<string, ObjectView | null>();
  return {
    userId,
    isAdministrator,
    apiVersion,
    acceptsTexts: request.acceptsTexts ?? false,
    allowsDuplicates: request.allowsDuplicates ?? false,
    view(objectName) {
      const standing = views.get(objectName);
      if (standing !== undefined) return standing;
      const object = objectNamed({ org, name: objectName });
      const view = object === undefined ? null : isAdministrator ? viewOfAll(object) : viewOf({ object, sets, profile: org.settings.profile, apiVersion });
      views.set(objectName, view);
      return view;
    },
  };
}

function viewOfAll(object: ObjectSchema): ObjectView {
  const fields = [...object.fields.values()].map((field) => {
    const isWriteable = field.name !== "Id" && field.autoNumber === undefined;
    return { field, isCreateable: isWriteable, isUpdateable: isWriteable };
  });
  return createObjectView({ object, fields, permissions: { create: true, edit: true, delete: true } });
}

interface Sight {
  readonly object: ObjectSchema;
  readonly sets: readonly PermissionSetRow[];
  readonly profile: IntegrationProfile;
  readonly apiVersion: number;
}

function viewOf(request: Sight): ObjectView | null {
  const { object, apiVersion } = request;
  const permissions = permissionsOn(request);
  if (!permissions.read || !isObjectOf({ objectName: object.name, apiVersion })) return null;
  const known = [...object.fields.values()].filter(({ name, referenceTo }) => isFieldOf({ objectName: object.name, fieldName: name, referenceTo, apiVersion }));
  const fields = known.flatMap((field) => {
    const view = viewOfField({ ...request, field });
    return view === null ? [] : [view];
  });
  return createObjectView({ object, fields, permissions });
}

function permissionsOn(request: Sight): { read: boolean; create: boolean; edit: boolean; delete: boolean } {
  const { object, sets, profile } = request;
  const isReadOnly = READ_ONLY_OBJECTS.has(object.name) || (object.name === ASSIGNMENTS && profile === "minimum");
  if (isReadOnly || (!object.isCustom && profile !== "minimum")) return { read: true, create: !isReadOnly, edit: !isReadOnly, delete: !isReadOnly };
  const grants = sets.flatMap((set) => set.objectPermissions.get(object.name) ?? []);
  return {
    read: grants.some(({ read }) => read),
    create: grants.some(({ create }) => create),
    edit: grants.some(({ edit }) => edit),
    delete: grants.some((grant) => grant.delete),
  };
}

/** Whoever may not manage users reads them only. */
const ASSIGNMENTS = "PermissionSetAssignment";
const READ_ONLY_OBJECTS: ReadonlySet<string> = new Set(["Organization", "RecordType", "User", "Group", "PermissionSet"]);

/** Custom fields are closed until a permission set opens them, but for those that every row must have, and for `Name`. */
function viewOfField(request: Sight & { field: FieldSchema }): FieldView | null {
  const { object, field, profile } = request;
  const isRequired = field.isCustom && !field.nillable && field.type !== "boolean" && field.defaultValue === null && field.autoNumber === undefined;
  if (isRequired) return { field, isCreateable: field.createable, isUpdateable: field.updateable };
  const { readable, editable } = grantedOn(request);
  const isOpen = field.isCustom ? field.isVisible : isOpenByProfile({ object, field, profile });
  const isReadable = isOpen || readable || editable;
  const isHidden = !field.isCustom && !(field.isVisible && (addressOf({ object, field })?.isVisible ?? true));
  if (!isReadable || isHidden) return null;
  const isEditable = isOpen || editable;
  return { field, isCreateable: isEditable && field.createable, isUpdateable: isEditable && field.updateable };
}

function grantedOn(request: Sight & { field: FieldSchema }): { readable: boolean; editable: boolean } {
  const { object, field, sets } = request;
  const grants = sets.flatMap((set) => set.fieldPermissions.get(`${object.name}.${field.name}`) ?? []);
  return { readable: grants.some(({ readable }) => readable), editable: grants.some(({ editable }) => editable) };
}

/** Parts of an address are as open as the address. */
function isOpenByProfile(request: { object: ObjectSchema; field: FieldSchema; profile: IntegrationProfile }): boolean {
  const { object, field, profile } = request;
  if (profile === "full" || object.name === ASSIGNMENTS || READ_ONLY_OBJECTS.has(object.name)) return true;
  const judged = addressOf({ object, field }) ?? field;
  return !isPermissionable({ object, field: judged }) || grantsField({ profile, objectName: object.name, fieldName: judged.name });
}
