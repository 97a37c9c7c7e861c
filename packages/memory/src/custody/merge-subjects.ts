import { ConnectorError, type CustodyFacetV1, type MergedPersonV1 } from "@volenti/core/adapter";
import type { MemoryRecords } from "../transport/memory-records.ts";
import { CONNECTOR_ID, type MemorySession } from "../transport/memory-session.ts";
import { requirePerson } from "./require-person.ts";
import { rootOf } from "./who-is-who.ts";

const OPERATION = "custody.mergeSubjects";

/** Makes two people one: identifiers, holds and a restriction move; what was recorded stays where it is. */
export function createMerger(session: MemorySession): Pick<CustodyFacetV1, "mergeSubjects" | "listMerged" | "listMergedPeople"> {
  return {
    mergeSubjects: (about) =>
      session.call({ operation: OPERATION, changes: true, about, work: async ({ records }) => merge({ records, ...about }) }),
    listMerged: (about) =>
      session.call({
        operation: "custody.listMerged",
        changes: false,
        about,
        work: async ({ records }) => mergedInto({ records, ...about }).toSorted(),
      }),
    listMergedPeople: (about) =>
      session.call({
        operation: "custody.listMergedPeople",
        changes: false,
        about,
        work: async ({ records }) => listMergedPeople({ records, ...about }),
      }),
  };
}

function merge(request: { records: MemoryRecords; from: string; into: string }): void {
  const { records, from, into } = request;
  if (from === into) throw new ConnectorError({ code: "invalidInput", connectorId: CONNECTOR_ID, operation: OPERATION, fieldNames: ["into"] });
  for (const subjectRef of [from, into]) requirePerson({ records, subjectRef, operation: OPERATION });
  const root = rootOf({ records, subjectRef: into });
  if (records.merges.has(from) && rootOf({ records, subjectRef: from }) === root) return;
  if (records.merges.has(from) || root === from) throw new ConnectorError({ code: "conflict", connectorId: CONNECTOR_ID, operation: OPERATION });
  records.merges.set(from, into);
  for (const [blindIndex, link] of records.links) if (link.ref === from) records.links.set(blindIndex, { ...link, ref: root });
  for (const [holdId, hold] of records.holds) if (hold.ref === from) records.holds.set(holdId, { ...hold, ref: root });
  moveRestriction({ records, from, root });
}

/** Of two restrictions the one that began first. */
function moveRestriction(request: { records: MemoryRecords; from: string; root: string }): void {
  const { records, from, root } = request;
  const [moved, stood] = [records.restrictions.get(from), records.restrictions.get(root)];
  records.restrictions.delete(from);
  if (moved !== undefined && (stood === undefined || moved.since < stood.since)) records.restrictions.set(root, moved);
}

function listMergedPeople(request: { records: MemoryRecords; subjectRefs: readonly string[] }): readonly MergedPersonV1[] {
  const { records, subjectRefs } = request;
  const roots = new Set(subjectRefs.map((subjectRef) => rootOf({ records, subjectRef })));
  return [...roots]
    .toSorted()
    .map((subjectRef) => ({ subjectRef, merged: mergedInto({ records, subjectRef }).toSorted() }))
    .filter(({ merged }) => merged.length > 0);
}

/** Whoever was merged into a ref, directly or not. */
export function mergedInto(request: { records: MemoryRecords; subjectRef: string }): readonly string[] {
  const { records, subjectRef } = request;
  const direct = [...records.merges].flatMap(([from, into]) => (into === subjectRef ? [from] : []));
  return direct.flatMap((from) => [from, ...mergedInto({ records, subjectRef: from })]);
}
