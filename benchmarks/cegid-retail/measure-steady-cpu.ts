/**
 * The CPU time of one call, user and system, in microseconds, once it runs as it would for hours. A collection of the heap
 * comes first, so that one library does not pay for another's garbage; it throws compiled code away too, which on a
 * machine that compiles beside other work costs as much as thousands of calls: so some that are not counted follow it.
 */
export function measureSteadyCpu(request: { call: (index: number) => unknown; calls: number; warmUpCalls: number }): number {
  const { call, calls, warmUpCalls } = request;
  globalThis.gc?.();
  for (let index = 0; index < warmUpCalls; index += 1) call(index);
  const before = process.cpuUsage();
  for (let index = 0; index < calls; index += 1) call(index);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}
