import { readServerCpu, serverCpuSince } from "./read-server-cpu.ts";
import type { PostgresqlQueries } from "./postgresql-queries.ts";

export interface RoundCost {
  readonly seconds: number;
  /** CPU of this process, microseconds. */
  readonly client: number;
  /** CPU of the server's sessions, microseconds, in steps of a hundredth of a second; 0 where it cannot be read. */
  readonly server: number;
}

/** Time and CPU that some work against the server takes on both sides. `watcher` is a connection that does nothing else. */
export async function measureRound(request: { watcher: PostgresqlQueries; work: () => Promise<void> }): Promise<RoundCost> {
  const { watcher, work } = request;
  globalThis.gc?.();
  const before = await readServerCpu(watcher);
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  await work();
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { seconds, client: user + system, server: serverCpuSince({ before, after: await readServerCpu(watcher) }) };
}
