import { ANY_CHANNEL, compareConsentStates, consentKey, CONSENT_STATUSES, isStanding, type ChainEndV1, type StandingStatus } from "@volenti/core/adapter";
import type { ReadRecord } from "../support/read-decision-record.ts";

/** What a decision lets stand, as far as its record says. */
export interface StandingDecision {
  readonly decisionId: string;
  readonly purpose: string;
  /** `*` for a decision that names none: it speaks for every channel. */
  readonly channel: string;
  readonly status: StandingStatus;
  readonly effectiveAt: number;
  readonly purposeVersion: string;
  /** The grant's own; a version's validity may end it earlier. Null where it names none. */
  readonly validUntil: number | null;
  readonly recipients: readonly string[] | null;
  readonly attributes: readonly string[] | null;
}

/** What of a person's decisions is kept while they stream by: the greatest a consent key, and the last link. */
export interface PersonHistory {
  readonly subjectRef: string;
  /** By consent key. */
  readonly greatest: Map<string, StandingDecision>;
  /** The last place in the chain; null where nothing was chained. */
  last: Pick<ChainEndV1, "position" | "link"> | null;
}

export function createPersonHistory(subjectRef: string): PersonHistory {
  return { subjectRef, greatest: new Map(), last: null };
}

/** Folds a decision into the history, in place. */
export function addToHistory(request: { history: PersonHistory; standing: StandingDecision }): void {
  const { history, standing } = request;
  const key = consentKey(standing);
  const before = history.greatest.get(key);
  if (before === undefined || compareConsentStates(standing, before) > 0) history.greatest.set(key, standing);
}

/** What a record lets stand; null for a neutral one, and for a status that nobody knows. */
export function toStandingDecision(record: ReadRecord): StandingDecision | null {
  const status = CONSENT_STATUSES.find((candidate) => candidate === record.status);
  if (status === undefined || !isStanding(status)) return null;
  const { id, purpose, channel, effectiveAt, validUntil, recipients, attributes } = record;
  return {
    decisionId: id,
    purpose: purpose.key,
    channel: channel ?? ANY_CHANNEL,
    status,
    effectiveAt,
    purposeVersion: purpose.version,
    validUntil,
    recipients,
    attributes,
  };
}
