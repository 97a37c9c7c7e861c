import { readFile } from "node:fs/promises";
import type { PostgresqlQueries } from "./postgresql-queries.ts";

// The unit of /proc/PID/stat wherever Linux runs PostgreSQL: sysconf(_SC_CLK_TCK).
const MICROSECONDS_A_TICK = 10_000;

/** CPU microseconds of each of the server's sessions by process id; empty where the system has no `/proc`. */
export async function readServerCpu(queries: PostgresqlQueries): Promise<ReadonlyMap<number, number>> {
  const sessions = await queries.run({
    name: "list-sessions",
    text: "select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
    values: [],
  });
  const read = await Promise.all(sessions.map(async ({ pid }): Promise<[number, number]> => [Number(pid), await cpuOf(Number(pid))]));
  return new Map(read.filter(([, microseconds]) => microseconds > 0));
}

/** What the sessions used since an earlier reading; a session that was not there then counts from its beginning. */
export function serverCpuSince(request: { before: ReadonlyMap<number, number>; after: ReadonlyMap<number, number> }): number {
  const { before, after } = request;
  return [...after].reduce((sum, [pid, microseconds]) => sum + microseconds - (before.get(pid) ?? 0), 0);
}

async function cpuOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The name in parentheses may hold anything; after it come the state (field 3) and so on: utime is 14, stime 15.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * MICROSECONDS_A_TICK;
}
