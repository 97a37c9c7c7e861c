import type { Schedule } from "./create-schedule.ts";

/**
 * The time limit of a call runs on the machine's clock (`packages/http-transport`), on purpose: for the time of a run, the
 * machine's `setTimeout` is the schedule's. Node's own timers, and those of a test runner, are others. Answers how to undo it.
 */
export function replaceTimers(schedule: Schedule): () => void {
  const { setTimeout: realSetTimeout, clearTimeout: realClearTimeout } = globalThis;
  const waiting = new Map<unknown, () => void>();
  const set = (run: () => void, delayInMs = 0): object => {
    const timer = { unref: () => timer, ref: () => timer };
    const cancel = schedule.after({
      delayInMs,
      run: () => {
        waiting.delete(timer);
        run();
      },
    });
    waiting.set(timer, cancel);
    return timer;
  };
  const clear = (timer: Parameters<typeof clearTimeout>[0]): void => {
    const cancel = waiting.get(timer);
    if (cancel === undefined) realClearTimeout(timer);
    else cancel();
    waiting.delete(timer);
  };
  Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
  return () => void Object.assign(globalThis, { setTimeout: realSetTimeout, clearTimeout: realClearTimeout });
}
