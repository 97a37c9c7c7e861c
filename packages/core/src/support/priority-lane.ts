/** Lets a limited number of tasks run at once; those that carry refusals go ahead of those that do not. */
export interface PriorityLane {
  run<Result>(request: { isUrgent: boolean; task: () => Promise<Result> }): Promise<Result>;
}

export function createPriorityLane(request: { maxConcurrency: number }): PriorityLane {
  const urgent: (() => void)[] = [];
  const ordinary: (() => void)[] = [];
  let running = 0;
  const release = (): void => {
    const next = urgent.shift() ?? ordinary.shift();
    if (next === undefined) running -= 1;
    else next();
  };
  return {
    run: async ({ isUrgent, task }) => {
      if (running < request.maxConcurrency) running += 1;
      else await new Promise<void>((resolve) => (isUrgent ? urgent : ordinary).push(resolve));
      try {
        return await task();
      } finally {
        release();
      }
    },
  };
}
