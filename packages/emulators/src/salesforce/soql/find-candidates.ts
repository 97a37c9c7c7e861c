import type { Org } from "../store/org.ts";
import type { FieldValue } from "../store/stored-row.ts";
import type { Compiled } from "./compile-condition.ts";

/** Ids of the rows of an object that alone can meet the condition; null where all must be looked at. */
export function findCandidates(request: { org: Org; objectName: string; condition: Compiled }): ReadonlySet<string> | null {
  const { condition } = request;
  switch (condition.kind) {
    case "and": {
      const known = condition.members.map((member) => findCandidates({ ...request, condition: member })).filter((ids) => ids !== null);
      return known.reduce<ReadonlySet<string> | null>((least, ids) => (least === null || ids.size < least.size ? ids : least), null);
    }
    case "or": {
      const all = condition.members.map((member) => findCandidates({ ...request, condition: member }));
      return all.some((ids) => ids === null) ? null : new Set(all.flatMap((ids) => [...(ids ?? [])]));
    }
    case "test":
      return idsOf({ ...request, condition });
  }
}

function idsOf(request: { org: Org; objectName: string; condition: Extract<Compiled, { kind: "test" }> }): ReadonlySet<string> | null {
  const { org, objectName, condition: { path, equals } } = request;
  if (equals === null || path.objectName === null || equals.includes(null) || equals.includes("")) return null;
  const { field } = path;
  if (field.type === "boolean") return null;
  if (field.type === "id" && path.references.length === 0) return new Set(equals.map(String));
  let ids: ReadonlySet<string> = lookupAll({ org, objectName: path.objectName, fieldName: field.name, values: equals, isCaseSensitive: field.isCaseSensitive });
  const owners = ownersOf({ objectName, path });
  for (const { reference, owner } of owners) {
    ids = lookupAll({ org, objectName: owner, fieldName: reference, values: [...ids], isCaseSensitive: false });
  }
  return ids;
}

/** From the last reference back to the first, each with the object that holds it. */
function ownersOf(request: { objectName: string; path: { references: readonly { name: string; referenceTo: readonly string[] }[] } }): { reference: string; owner: string }[] {
  let owner = request.objectName;
  const owners = request.path.references.map((reference) => {
    const entry = { reference: reference.name, owner };
    owner = reference.referenceTo[0] ?? owner;
    return entry;
  });
  return owners.toReversed();
}

function lookupAll(request: { org: Org; objectName: string; fieldName: string; values: readonly FieldValue[]; isCaseSensitive: boolean }): ReadonlySet<string> {
  const { org, objectName, fieldName, values, isCaseSensitive } = request;
  const table = org.table(objectName);
  const ids = new Set<string>();
  for (const value of values) for (const id of table.lookup({ fieldName, value, isCaseSensitive })) ids.add(id);
  return ids;
}
