import type { FieldSchema, ObjectSchema } from "../schema/org-schema.ts";

/** A field as one user sees it. */
export interface FieldView {
  readonly field: FieldSchema;
  readonly isCreateable: boolean;
  readonly isUpdateable: boolean;
}

/** An object as one user sees it: what is hidden is not there. Names without regard to case. */
export interface ObjectView {
  readonly object: ObjectSchema;
  readonly fields: readonly FieldView[];
  readonly canCreate: boolean;
  readonly canEdit: boolean;
  readonly canDelete: boolean;
  field(name: string): FieldView | undefined;
  /** By relationship name: `Party` finds the view of `PartyId`. */
  relationship(name: string): FieldView | undefined;
}

export function createObjectView(request: {
  object: ObjectSchema;
  fields: readonly FieldView[];
  permissions: { create: boolean; edit: boolean; delete: boolean };
}): ObjectView {
  const { object, fields, permissions } = request;
  const byName = new Map(fields.map((view) => [view.field.name.toLowerCase(), view]));
  const byRelationship = new Map<string, FieldView>();
  for (const view of fields) {
    if (view.field.relationshipName !== null) byRelationship.set(view.field.relationshipName.toLowerCase(), view);
  }
  return {
    object,
    fields,
    canCreate: permissions.create,
    canEdit: permissions.edit,
    canDelete: permissions.delete,
    field: (name) => byName.get(name.toLowerCase()),
    relationship: (name) => byRelationship.get(name.toLowerCase()),
  };
}
