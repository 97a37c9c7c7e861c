import { ConnectorError } from "@volenti/core/adapter";
import { mapRowError } from "../error/map-row-error.ts";
import { ruleMarkerOf } from "../error/rule-marker-of.ts";
import { CONNECTOR_ID } from "../transport/salesforce-session.ts";
import type { Standing } from "./plan-person.ts";
import { isUnanswered, type RowResult } from "./row-result.ts";

/** Why a row of a write was refused. */
export function toRowError(request: { result: RowResult; operation: string }): ConnectorError {
  const { result, operation } = request;
  if (isUnanswered(result)) return new ConnectorError({ code: "outcomeUnknown", connectorId: CONNECTOR_ID, operation, providerCode: "rowUnanswered" });
  return mapRowError({ errors: result.isWritten ? [] : result.errors, operation });
}

/** Which of our own rules refused the row; null where it was written, or refused by something else. */
export function markerOf(result: RowResult): ReturnType<typeof ruleMarkerOf> {
  return result.isWritten ? null : ruleMarkerOf(result.errors);
}

/**
 * Whether a flag row was refused for a reason that concerns the refusal. Where nobody saw a profile record there may be
 * none: the row would then make one, and lacks a family name; nothing is mailed to them either.
 */
export function isFlagRefused(request: { result: RowResult; standing: Standing }): boolean {
  const { result, standing } = request;
  if (result.isWritten || markerOf(result) !== null) return false;
  return typeof standing === "object" || toRowError({ result, operation: "intake.write" }).providerCode !== "REQUIRED_FIELD_MISSING";
}
