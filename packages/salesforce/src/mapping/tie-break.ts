import { isGrant, type ConsentStatus } from "@volenti/core/adapter";

/** More than any twelve hexadecimal digits: what ends a permission is greater than every grant of its instant. */
const ENDS_PERMISSION = 2 ** 48;

/**
 * What orders two decisions of one instant, as one number that a validation rule can compare: refusals and endings over
 * grants, then the greater decision id. The id counts with its first twelve hexadecimal digits, which fit a Number
 * field exactly; two ids that share them are taken for equal, and the later to arrive stands.
 */
export function tieBreakOf(decision: { status: ConsentStatus; decisionId: string }): number {
  const rank = Number.parseInt(firstDigits(decision.decisionId), 16) || 0;
  return isGrant(decision.status) ? rank : ENDS_PERMISSION + rank;
}

const UUID_START = /^[0-9a-f]{8}-[0-9a-f]{4}/;
const TWELVE_DIGITS = /^[0-9a-f]{12}/;

/** Without hyphens; empty where they are none. Nearly every id is a UUID, whose first digits are found without a copy of the whole. */
function firstDigits(decisionId: string): string {
  if (UUID_START.test(decisionId)) return decisionId.slice(0, 8) + decisionId.slice(9, 13);
  return TWELVE_DIGITS.exec(decisionId.replaceAll("-", ""))?.[0] ?? "";
}
