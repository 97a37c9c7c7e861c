import { ConnectorError, type ConnectionFindingV1 } from "@volenti/core/adapter";
import { isUnseen } from "../provisioning/query-rows.ts";
import type { SalesforceSession } from "../transport/salesforce-session.ts";
import { info, warning } from "./finding.ts";

export interface CallBudget {
  readonly finding: ConnectionFindingV1;
  /** Nothing but refusals and rights is sent any more. */
  readonly isReserved: boolean;
}

/**
 * How much of the day's calls is used.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_limits.htm
 */
export async function checkLimits(request: { session: SalesforceSession; operation: string }): Promise<CallBudget> {
  const { session } = request;
  const daily = (await readDaily(request)) ?? session.usage();
  if (daily === null) {
    return { finding: warning("dailyCalls", "The org does not say how many calls a day it allows, nor how many are used."), isReserved: false };
  }
  const { used, limit } = daily;
  const { callReserve } = session.settings;
  const isReserved = limit - used <= limit * callReserve;
  const told = `${used} of ${limit} calls of the last 24 hours are used; the last ${Math.round(callReserve * 100)} % are kept for refusals and rights`;
  return { finding: isReserved ? warning("dailyCalls", `${told}, so that nothing else is sent or checked now.`) : info("dailyCalls", `${told}.`), isReserved };
}

async function readDaily(request: { session: SalesforceSession; operation: string }): Promise<{ used: number; limit: number } | null> {
  const { session, operation } = request;
  try {
    // Urgent, because whoever asks why nothing is sent any more has to be told.
    const { body } = await session.call({ operation, method: "GET", path: ["limits"], changes: false, isUrgent: true });
    const { DailyApiRequests: daily } = (body ?? {}) as { DailyApiRequests?: { Max?: unknown; Remaining?: unknown } };
    const { Max: limit, Remaining: remaining } = daily ?? {};
    return typeof limit === "number" && typeof remaining === "number" ? { used: limit - remaining, limit } : null;
  } catch (error) {
    // “View Setup and Configuration” is not for every integration user; the header of every answer says the same.
    if (ConnectorError.isInstance(error) && isUnseen(error)) return null;
    throw error;
  }
}
