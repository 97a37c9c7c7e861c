export interface WriteCost {
  readonly seconds: number;
  /** CPU of this process, user and system, microseconds: not the org's. */
  readonly cpu: number;
}

/** What some writing takes, from a collected heap where Node runs with `--expose-gc`. */
export async function measureWrite(work: () => Promise<void>): Promise<WriteCost> {
  globalThis.gc?.();
  const before = process.cpuUsage();
  const startedAt = performance.now();
  await work();
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { seconds, cpu: user + system };
}
