import type { StoreRole } from "./store-sessions.ts";

/**
 * Takes on the rights of a role, and the limits of the store. The only statement that is put together: a name of a
 * closed list, and a number.
 */
export function enterRole(request: { role: StoreRole; scope: "session" | "local"; timeoutInMs: number }): string {
  const { role, scope, timeoutInMs } = request;
  const name = role === "login" ? "none" : `volenti_${role}`;
  const isolation = scope === "session" ? "; set default_transaction_isolation to 'read committed'" : "";
  // Whatever is read is a page: helpers would take longer to start than one process takes to read it.
  const alone = `; set ${scope} max_parallel_workers_per_gather to 0`;
  return `set ${scope} role ${name}; set ${scope} statement_timeout to ${Math.ceil(timeoutInMs)}${alone}${isolation}`;
}
