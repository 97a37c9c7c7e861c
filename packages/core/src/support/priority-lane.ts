/** Lets a limited number of tasks run at once; those that carry refusals go ahead of those that do not. */
export interface PriorityLane {
  /** An abort ends the waiting at once, with the signal's own reason; a task that runs is its own to end. */
  run<Result>(request: { isUrgent: boolean; signal?: AbortSignal | undefined; task: () => Promise<Result> }): Promise<Result>;
}

/** What is below one counts as one. */
export function createPriorityLane(request: { maxConcurrency: number }): PriorityLane {
  const limit = request.maxConcurrency >= 1 ? Math.floor(request.maxConcurrency) : 1;
  const urgent: (() => void)[] = [];
  const ordinary: (() => void)[] = [];
  let running = 0;
  const release = (): void => {
    const next = urgent.shift() ?? ordinary.shift();
    if (next === undefined) running -= 1;
    else next();
  };
  return {
    run: async ({ isUrgent, signal, task }) => {
      signal?.throwIfAborted();
      if (running < limit) running += 1;
      else await waitIn({ queue: isUrgent ? urgent : ordinary, signal });
      try {
        return await task();
      } finally {
        release();
      }
    },
  };
}

function waitIn(request: { queue: (() => void)[]; signal: AbortSignal | undefined }): Promise<void> {
  const { queue, signal } = request;
  return new Promise((resolve, reject) => {
    const start = (): void => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    };
    const onAbort = (): void => {
      queue.splice(queue.indexOf(start), 1);
      reject(signal?.reason);
    };
    queue.push(start);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
