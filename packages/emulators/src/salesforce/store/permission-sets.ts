/** The permission sets of an org and who has them, beside its rows: deployments fill them, every call asks them. */
export interface PermissionSetStore {
  /** By API name. */
  readonly sets: Map<string, PermissionSetRow>;
  /** `userId:permissionSetId`, ids of 18 characters. */
  readonly assignments: Set<string>;
  /** Makes the set, its id and its row of `PermissionSet`; answers the standing one where the name is taken. */
  add(request: { name: string; label: string }): PermissionSetRow;
}

export interface PermissionSetRow {
  readonly id: string;
  readonly name: string;
  label: string;
  /** By `Object.Field`. */
  readonly fieldPermissions: Map<string, { readable: boolean; editable: boolean }>;
  /** By object name. */
  readonly objectPermissions: Map<string, { read: boolean; create: boolean; edit: boolean; delete: boolean }>;
}

/** `insertRow` stores the row of `PermissionSet` and answers its id. */
export function createPermissionSetStore(request: {
  insertRow: (values: { name: string; label: string }) => string;
}): PermissionSetStore {
  const sets = new Map<string, PermissionSetRow>();
  return {
    sets,
    assignments: new Set(),
    add({ name, label }) {
      const standing = sets.get(name);
      if (standing !== undefined) return standing;
      const id = request.insertRow({ name, label });
      const set: PermissionSetRow = { id, name, label, fieldPermissions: new Map(), objectPermissions: new Map() };
      sets.set(name, set);
      return set;
    },
  };
}
