/**
 * The CPU time of this process, user and system, that a piece of work takes, in microseconds: its collections of garbage
 * and compilations count, what other processes do meanwhile does not. Starts from a collected heap where Node runs with
 * `--expose-gc`, so that one piece does not pay for the garbage of the one before.
 */
export async function measureCpu(work: () => Promise<void> | void): Promise<number> {
  globalThis.gc?.();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
