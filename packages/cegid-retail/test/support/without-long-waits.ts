import type { Clock } from "@volenti/core/adapter";

const MINUTE_IN_MS = 60_000;

/** The clock, on which nothing that waits a minute or longer goes on: what is planned for later is none of the test's. */
export function withoutLongWaits<Kind extends Clock>(clock: Kind): Kind {
  const { sleep } = clock;
  clock.sleep = (request) => (request.durationInMs < MINUTE_IN_MS ? sleep(request) : new Promise<void>(() => {}));
  return clock;
}
