import type { FollowUpsV1, FollowUpV1 } from "@volenti/core/adapter";

/** What a ledger keeps of follow-ups, for several processes of one brand. */
export interface FollowUpLedger {
  /** As core hands it to the connector of one process. */
  of(holder: string): FollowUpsV1;
  /** What is kept, done or not. */
  readonly kept: ReadonlyMap<string, FollowUpV1>;
}

/** A ledger whose follow-ups are due and whose leases end as the clock says. */
export function keepFollowUps(clock: { now(): number }): FollowUpLedger {
  const kept = new Map<string, FollowUpV1>();
  const dueAt = new Map<string, number>();
  const leases = new Map<string, { readonly holder: string; readonly endsAt: number }>();
  return {
    kept,
    of: (holder) => ({
      plan: async ({ delayInMs, followUps }) => {
        for (const followUp of followUps) {
          kept.set(followUp.followUpId, structuredClone(followUp));
          dueAt.set(followUp.followUpId, clock.now() + delayInMs);
          leases.delete(followUp.followUpId);
        }
      },
      claim: async ({ durationInMs, limit }) => {
        const now = clock.now();
        const free = [...kept.values()].filter(({ followUpId }) => (dueAt.get(followUpId) ?? 0) <= now && (leases.get(followUpId)?.endsAt ?? 0) <= now);
        const claimed = free.slice(0, limit);
        for (const { followUpId } of claimed) leases.set(followUpId, { holder, endsAt: now + durationInMs });
        return structuredClone(claimed);
      },
      finish: async ({ followUpIds }) => {
        for (const id of followUpIds) if (leases.get(id)?.holder === holder) kept.delete(id);
      },
    }),
  };
}
