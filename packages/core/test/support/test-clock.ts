import type { Clock } from "@volenti/core";

export interface TestClock extends Clock {
  set(epochInMs: number): void;
  /** Every wait that was asked for, in milliseconds. */
  readonly waits: readonly number[];
}

/** A clock that stands still, and for which waiting moves it on at once. */
export function createTestClock(start: string): TestClock {
  let now = Date.parse(start);
  const waits: number[] = [];
  return {
    now: () => now,
    set: (epochInMs) => {
      now = epochInMs;
    },
    sleep: async ({ durationInMs, signal }) => {
      signal?.throwIfAborted();
      waits.push(durationInMs);
      now += durationInMs;
    },
    waits,
  };
}
