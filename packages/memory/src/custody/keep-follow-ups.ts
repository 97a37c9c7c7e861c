import type { FollowUpsFacetV1, FollowUpV1 } from "@volenti/core/adapter";
import type { MemoryRecords } from "../transport/memory-records.ts";
import type { MemorySession } from "../transport/memory-session.ts";

/** A follow-up and its lease; instants are the system's. */
export interface FollowUpRow {
  readonly destinationId: string;
  readonly followUp: FollowUpV1;
  readonly dueAt: number;
  readonly lease: { readonly holder: string; readonly endsAt: number } | null;
}

/** Work for later, each under a lease while somebody does it. */
export function createFollowUps(session: MemorySession): FollowUpsFacetV1 {
  const change = <Result>(request: { operation: string; about: unknown; work: (step: Step) => Result }): Promise<Result> => {
    const { operation, about, work } = request;
    const now = session.context(operation).clock.now();
    return session.call({ operation, changes: true, about, work: async ({ records }) => work({ rows: records.followUps, now }) });
  };
  return {
    plan: (about) => change({ operation: "followUps.plan", about, work: (step) => plan({ ...about, ...step }) }),
    claim: (about) => change({ operation: "followUps.claim", about, work: (step) => claim({ ...about, ...step }) }),
    finish: (about) => change({ operation: "followUps.finish", about, work: (step) => finish({ ...about, ...step }) }),
  };
}

interface Step {
  readonly rows: MemoryRecords["followUps"];
  readonly now: number;
}

function plan(request: Step & { destinationId: string; delayInMs: number; followUps: readonly FollowUpV1[] }): void {
  const { rows, now, destinationId, delayInMs, followUps } = request;
  for (const followUp of followUps) {
    const row: FollowUpRow = { destinationId, followUp: structuredClone(followUp), dueAt: now + delayInMs, lease: null };
    rows.set(keyOf({ destinationId, followUpId: followUp.followUpId }), row);
  }
}

function claim(request: Step & { destinationId: string; holder: string; durationInMs: number; limit: number }): readonly FollowUpV1[] {
  const { rows, now, destinationId, holder, durationInMs, limit } = request;
  const isFree = ({ dueAt, lease }: FollowUpRow): boolean => dueAt <= now && (lease === null || lease.endsAt <= now);
  const due = [...rows].filter(([, row]) => row.destinationId === destinationId && isFree(row));
  const claimed = due.toSorted(([, left], [, right]) => left.dueAt - right.dueAt).slice(0, limit);
  for (const [key, row] of claimed) rows.set(key, { ...row, lease: { holder, endsAt: now + durationInMs } });
  return claimed.map(([, { followUp }]) => structuredClone(followUp));
}

function finish(request: Step & { destinationId: string; holder: string; followUpIds: readonly string[] }): void {
  const { rows, destinationId, holder, followUpIds } = request;
  for (const followUpId of followUpIds) {
    const key = keyOf({ destinationId, followUpId });
    if (rows.get(key)?.lease?.holder === holder) rows.delete(key);
  }
}

function keyOf(request: { destinationId: string; followUpId: string }): string {
  return `${request.destinationId}\u0000${request.followUpId}`;
}
