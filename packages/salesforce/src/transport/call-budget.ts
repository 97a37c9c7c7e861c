import { ConnectorError } from "@volenti/core/adapter";
import { CONNECTOR_ID } from "./salesforce-session.ts";

/** How long what the org said of its calls is taken for true; then one call may ask again. */
const STALE_IN_MS = 15 * 60_000;
/** How often refusals and rights ask an org that refuses everything. */
const URGENT_PAUSE_IN_MS = 60_000;

export interface CallUsage {
  readonly used: number;
  readonly limit: number;
}

/** The org's calls of a day: keeps the last of them for refusals and rights. */
export interface CallBudget {
  /** Throws `rateLimited`, with the instant from which on it may be tried again, where the call must not be made now. */
  admit(request: { isUrgent: boolean; operation: string; now: number }): void;
  /** What the headers of an answer that was no refusal for the day's calls say of the day. */
  learn(request: { headers: Readonly<Record<string, string>>; now: number }): void;
  /** The org refused a call because the day's are used up, and named no time. */
  exhaust(request: { now: number }): void;
  usage(): CallUsage | null;
}

export function createCallBudget(request: { callReserve: number }): CallBudget {
  let usage: CallUsage | null = null;
  let closedUntil = 0;
  let urgentFrom = 0;
  let isExhausted = false;
  return {
    admit: ({ isUrgent, operation, now }) => {
      if (isUrgent) {
        if (isExhausted && now < urgentFrom) throw refusal({ operation, notBefore: urgentFrom, providerCode: "REQUEST_LIMIT_EXCEEDED" });
        if (isExhausted) urgentFrom = now + URGENT_PAUSE_IN_MS;
        return;
      }
      // Without a reserve nothing is held back: orgs may let more calls through than they promise.
      const isReserved = request.callReserve > 0 && usage !== null && usage.limit - usage.used <= request.callReserve * usage.limit;
      if (!isReserved && !isExhausted) return;
      const providerCode = isExhausted ? "REQUEST_LIMIT_EXCEEDED" : "DAILY_RESERVE";
      if (now < closedUntil) throw refusal({ operation, notBefore: closedUntil, providerCode });
      // This one call asks; those beside it wait for what it learns.
      closedUntil = now + STALE_IN_MS;
    },
    learn: ({ headers, now }) => {
      isExhausted = false;
      const [, used, limit] = /(?:^|[;,\s])api-usage=(\d{1,15})\/(\d{1,15})/.exec(headers["sforce-limit-info"] ?? "") ?? [];
      if (used === undefined || limit === undefined || Number(limit) === 0) return;
      usage = { used: Number(used), limit: Number(limit) };
      closedUntil = now + STALE_IN_MS;
    },
    exhaust: ({ now }) => {
      isExhausted = true;
      closedUntil = now + STALE_IN_MS;
      urgentFrom = now + URGENT_PAUSE_IN_MS;
    },
    usage: () => usage,
  };
}

function refusal(request: { operation: string; notBefore: number; providerCode: string }): ConnectorError {
  const { operation, notBefore, providerCode } = request;
  return new ConnectorError({
    code: "rateLimited",
    connectorId: CONNECTOR_ID,
    operation,
    providerCode,
    retry: { kind: "afterDelay", notBefore },
  });
}
