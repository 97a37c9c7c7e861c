import type { Clock } from "@volenti/core/adapter";

/** A clock that stands still until it is told, and whose sleepers do not wait. */
export interface TestClock extends Clock {
  /** Wakes the sleepers whose time has come by then. */
  advance(durationInMs: number): void;
}

export const TEST_NOW: number = Date.UTC(2026, 5, 20, 12, 0, 0, 250);

/** A clock that moves when it is told to. */
export function createTestClock(): TestClock {
  let now = TEST_NOW;
  return {
    now: () => now,
    sleep: async ({ durationInMs, signal }) => {
      signal?.throwIfAborted();
      now += durationInMs;
    },
    advance: (durationInMs) => {
      now += durationInMs;
    },
  };
}
