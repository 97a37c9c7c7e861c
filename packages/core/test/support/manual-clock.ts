import type { Clock } from "@volenti/core";

export interface ManualClock extends Clock {
  /** Moves time on, and wakes whoever has waited long enough. Resolves once they have gone on. */
  advance(durationInMs: number): Promise<void>;
  /** How many wait. */
  sleepers(): number;
}

/** A clock that stands still until it is moved, and whose sleepers wait for that. */
export function createManualClock(start: string): ManualClock {
  let now = Date.parse(start);
  const sleeping = new Map<object, { until: number; wake: () => void }>();
  return {
    now: () => now,
    sleep: ({ durationInMs, signal }) =>
      new Promise((resolve, reject) => {
        const key = {};
        signal?.throwIfAborted();
        sleeping.set(key, { until: now + durationInMs, wake: resolve });
        signal?.addEventListener("abort", () => {
          sleeping.delete(key);
          reject(signal.reason);
        });
      }),
    advance: async (durationInMs) => {
      now += durationInMs;
      for (const [key, { until, wake }] of sleeping) {
        if (until > now) continue;
        sleeping.delete(key);
        wake();
      }
      await new Promise((resolve) => setImmediate(resolve));
    },
    sleepers: () => sleeping.size,
  };
}
