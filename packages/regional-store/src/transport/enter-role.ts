import type { StoreRole } from "./store-sessions.ts";

/**
 * Takes on the rights of a role, and the limits of the store. The only statement that is put together: a name of a
 * closed list, and a number.
 */
export function enterRole(request: { role: StoreRole; scope: "session" | "local"; timeoutInMs: number }): string {
  const { role, scope, timeoutInMs } = request;
  const name = role === "login" ? "none" : `volenti_${role}`;
  const isolation = scope === "session" ? "; set default_transaction_isolation to 'read committed'" : "";
  return `set ${scope} role ${name}; set ${scope} statement_timeout to ${Math.ceil(timeoutInMs)}${isolation}`;
}
