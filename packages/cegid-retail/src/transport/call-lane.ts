/** Lets a limited number of calls run at once. Refusals and rights go ahead; an abort ends the waiting at once. */
export interface CallLane {
  run<Result>(request: { isUrgent: boolean; signal: AbortSignal | undefined; task: () => Promise<Result> }): Promise<Result>;
}

interface Waiting {
  readonly start: () => void;
}

export function createCallLane(request: { maxConcurrency: number }): CallLane {
  const limit = request.maxConcurrency >= 1 ? Math.floor(request.maxConcurrency) : 1;
  const urgent: Waiting[] = [];
  const ordinary: Waiting[] = [];
  let running = 0;
  const release = (): void => {
    const next = urgent.shift() ?? ordinary.shift();
    if (next === undefined) running -= 1;
    else next.start();
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

function waitIn(request: { queue: Waiting[]; signal: AbortSignal | undefined }): Promise<void> {
  const { queue, signal } = request;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      queue.splice(queue.indexOf(waiting), 1);
      reject(signal?.reason);
    };
    const waiting: Waiting = {
      start: () => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      },
    };
    queue.push(waiting);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
