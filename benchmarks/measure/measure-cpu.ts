import { setTimeout as wait } from "node:timers/promises";

// The engine sweeps on other threads for a while after it answered.
const SWEEPING_IN_MS = 200;

/**
 * The CPU time of this process, user and system, that a piece of work takes, in microseconds: its collections of garbage
 * and compilations count, what other processes do meanwhile does not. Starts from a collected heap where Node runs with
 * `--expose-gc`, so that one piece does not pay for the garbage of the one before.
 */
export async function measureCpu(work: () => Promise<void> | void): Promise<number> {
  if (globalThis.gc !== undefined) {
    globalThis.gc();
    await wait(SWEEPING_IN_MS);
  }
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
