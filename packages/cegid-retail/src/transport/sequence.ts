/** Lets work of one key go one after the other, and work of different keys at once. */
export interface Sequence {
  /** A signal ends the waiting with its own reason; work that has begun is its caller's to end. */
  run<Result>(request: { key: string; work: () => Promise<Result>; signal?: AbortSignal | undefined }): Promise<Result>;
}

export function createSequence(): Sequence {
  const tails = new Map<string, Promise<void>>();
  return {
    run: async ({ key, work, signal }) => {
      signal?.throwIfAborted();
      const before = tails.get(key);
      const done = Promise.withResolvers<void>();
      // Whoever gave up waiting still has those before it, and must not let others past them.
      const tail = Promise.all([before, done.promise]).then(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
      tails.set(key, tail);
      try {
        if (before !== undefined) await waitFor({ turn: before, signal });
        return await work();
      } finally {
        done.resolve();
      }
    },
  };
}

function waitFor(request: { turn: Promise<void>; signal: AbortSignal | undefined }): Promise<void> {
  const { turn, signal } = request;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal?.reason);
    signal?.addEventListener("abort", onAbort, { once: true });
    void turn.then(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    });
  });
}
