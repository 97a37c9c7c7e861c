/** Where time comes from. Passed in everywhere, so that a test owns it. */
export interface Clock {
  /** Milliseconds since the Unix epoch, UTC. */
  now(): number;
  /** Resolves after the given time; rejects with the signal's own reason when it is aborted first. */
  sleep(request: { durationInMs: number; signal?: AbortSignal | undefined }): Promise<void>;
}

/** The machine's own clock and timers. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: ({ durationInMs, signal }) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason);
        return;
      }
      const onAbort = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      }, durationInMs);
      signal?.addEventListener("abort", onAbort, { once: true });
    }),
};
