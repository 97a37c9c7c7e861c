import { ConnectorError, type CustodyFacetV1, type HoldV1 } from "@volenti/core/adapter";
import type { HoldRow, MemoryRecords } from "../transport/memory-records.ts";
import { CONNECTOR_ID, type MemorySession } from "../transport/memory-session.ts";
import { requirePerson } from "./require-person.ts";
import { rootOf } from "./who-is-who.ts";

/** What stands in the way of an erasure; it follows the person through merges. */
export function createHoldKeeper(session: MemorySession): Pick<CustodyFacetV1, "listHolds" | "setHold" | "liftHold"> {
  return {
    listHolds: (about) =>
      session.call({
        operation: "custody.listHolds",
        changes: false,
        about,
        work: async ({ records }) => holdsOf({ records, ...about }),
      }),
    setHold: (about) =>
      session.call({ operation: "custody.setHold", changes: true, about, work: async ({ records }) => setHold({ records, ...about }) }),
    liftHold: (about) =>
      session.call({
        operation: "custody.liftHold",
        changes: true,
        about,
        work: async ({ records }) => {
          const hold = records.holds.get(about.holdId);
          if (hold?.ref !== rootOf({ records, ...about })) return false;
          records.holds.set(hold.holdId, { ...hold, liftedAt: hold.liftedAt ?? about.liftedAt });
          return true;
        },
      }),
  };
}

/** Every hold of the person whom a ref names now, in the order of their setting. */
export function holdsOf(request: { records: MemoryRecords; subjectRef: string }): readonly HoldV1[] {
  const root = rootOf(request);
  return [...request.records.holds.values()].filter(({ ref }) => ref === root).toSorted(bySetting).map(toHold);
}

function setHold(request: { records: MemoryRecords; subjectRef: string; hold: Omit<HoldV1, "liftedAt"> }): void {
  const { records, subjectRef, hold } = request;
  const operation = "custody.setHold";
  const ref = requirePerson({ records, subjectRef, operation });
  const stood = records.holds.get(hold.holdId);
  if (stood === undefined) records.holds.set(hold.holdId, { ...structuredClone(hold), ref, liftedAt: null });
  else if (stood.ref !== ref) throw new ConnectorError({ code: "conflict", connectorId: CONNECTOR_ID, operation });
}

function toHold({ holdId, scope, law, reason, until, setAt, liftedAt }: HoldRow): HoldV1 {
  return { holdId, scope, law, reason, until, setAt, liftedAt };
}

function bySetting(left: HoldV1, right: HoldV1): number {
  return left.setAt - right.setAt || (left.holdId < right.holdId ? -1 : 1);
}
