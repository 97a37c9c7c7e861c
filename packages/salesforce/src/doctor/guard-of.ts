import type { SalesforceSession } from "../transport/salesforce-session.ts";

const UNPROVEN = new WeakSet<SalesforceSession>();

/**
 * What keeps older writes out: the org's own rules, or, where the brand says so or a probe of this process found a rule
 * that does not refuse, a read before every write.
 */
export function guardOf(session: SalesforceSession): "atServer" | "readThenWrite" {
  return UNPROVEN.has(session) ? "readThenWrite" : session.settings.staleWriteGuard;
}

/** From now on every write of the session reads first. */
export function distrustRules(session: SalesforceSession): void {
  UNPROVEN.add(session);
}
