import { SESSION_CLOSED, TIMED_OUT } from "./abort-reasons.ts";

/** One call's end, whoever brings it about first: its caller, the clock on the wall, or the session's end. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** The first of the promise and the end. */
  race<Result>(promise: Promise<Result>): Promise<Result>;
  /** Lets go of timer and listeners. */
  end(): void;
}

/** Node takes longer ones for no time at all. */
const LONGEST_TIMER_IN_MS = 2 ** 31 - 1;

/** The timer is the machine's, not the brand's clock: a socket that hangs does not hang by a clock that stands still. */
export function openDeadline(request: { timeoutInMs: number; closing: AbortSignal; signal?: AbortSignal | undefined }): Deadline {
  const { timeoutInMs, closing, signal } = request;
  const controller = new AbortController();
  const onClose = (): void => controller.abort(SESSION_CLOSED);
  const onAbort = (): void => controller.abort(signal?.reason);
  const timer = setTimeout(() => controller.abort(TIMED_OUT), Math.min(timeoutInMs, LONGEST_TIMER_IN_MS));
  closing.addEventListener("abort", onClose, { once: true });
  signal?.addEventListener("abort", onAbort, { once: true });
  if (closing.aborted) onClose();
  if (signal?.aborted === true) onAbort();
  return {
    signal: controller.signal,
    race: (promise) => raceWithSignal({ promise, signal: controller.signal }),
    end: () => {
      clearTimeout(timer);
      closing.removeEventListener("abort", onClose);
      signal?.removeEventListener("abort", onAbort);
    },
  };
}

function raceWithSignal<Result>(request: { promise: Promise<Result>; signal: AbortSignal }): Promise<Result> {
  const { promise, signal } = request;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
    if (signal.aborted) onAbort();
  });
}
