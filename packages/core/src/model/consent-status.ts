/** Everything that can be said of a purpose, closed. Terms of the W3C Data Privacy Vocabulary 2.3, with objection and opt-out. */
export const GRANT_STATUSES = ["given", "renewed", "confirmed"] as const;
export const REFUSAL_STATUSES = ["refused", "withdrawn", "objected", "revoked", "optedOut"] as const;
/** Count like a refusal when decisions are compared, and leave `unknown`. */
export const ENDING_STATUSES = ["expired", "invalidated"] as const;
/** Evidence only: they never permit, and change nothing that stands. */
export const NEUTRAL_STATUSES = ["requested", "deferred", "acknowledged"] as const;
/** All statuses of a decision: a closed list. */
export const CONSENT_STATUSES = [
  ...GRANT_STATUSES,
  ...REFUSAL_STATUSES,
  ...ENDING_STATUSES,
  ...NEUTRAL_STATUSES,
] as const;

export type GrantStatus = (typeof GRANT_STATUSES)[number];
export type RefusalStatus = (typeof REFUSAL_STATUSES)[number];
export type EndingStatus = (typeof ENDING_STATUSES)[number];
/** The status of a decision. */
export type ConsentStatus = (typeof CONSENT_STATUSES)[number];
/** A status that can stand: everything but the neutral ones. */
export type StandingStatus = GrantStatus | RefusalStatus | EndingStatus;

const GRANTS: ReadonlySet<string> = new Set(GRANT_STATUSES);
const NEUTRALS: ReadonlySet<string> = new Set(NEUTRAL_STATUSES);
const ENDINGS: ReadonlySet<string> = new Set(ENDING_STATUSES);

/** Whether the status is a yes. */
export function isGrant(status: ConsentStatus): status is GrantStatus {
  return GRANTS.has(status);
}

/** Whether the status changes what stands, as neutral ones do not. */
export function isStanding(status: ConsentStatus): status is StandingStatus {
  return !NEUTRALS.has(status);
}

/** Whether the status ends a consent without anybody having refused. */
export function isEnding(status: ConsentStatus): status is EndingStatus {
  return ENDINGS.has(status);
}

/** Refusals and endings: what takes precedence over a grant of the same instant, and over every grant in a queue. */
export function endsPermission(status: ConsentStatus): status is RefusalStatus | EndingStatus {
  return !GRANTS.has(status) && !NEUTRALS.has(status);
}
