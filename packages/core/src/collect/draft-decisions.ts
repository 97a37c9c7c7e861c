import type { ConsentState } from "../model/consent-state.ts";
import { isGrant, isStanding } from "../model/consent-status.ts";
import { DECISION_SCHEMA, type DecisionRecord } from "../model/decision.ts";
import { toInstantText } from "../model/instant.ts";
import type { Purpose } from "../model/purpose.ts";
import type { Submission } from "../model/submission.ts";
import type { RawDecision } from "../model/submission-schema.ts";
import { decidedChannels } from "./check-decisions.ts";
import { effectiveAtOf, validUntilOf } from "./decision-instants.ts";
import type { DraftDecision } from "./prepared-submission.ts";
import type { ScreenedDecision } from "./screen-decisions.ts";

/**
 * Writes the record of a decision: everything in it comes from the submission, the catalogue versions that it names,
 * and the subject's ref, so that a replay gives the same bytes.
 */
export function draftDecision(request: {
  screened: ScreenedDecision;
  submission: Submission;
  controllerId: string;
  decisionId: string;
  ref: string;
}): DraftDecision {
  const { reasons, submitted: { purpose } } = request.screened;
  const draft = draftFromRecord({ record: writeRecord(request), purpose });
  return reasons.length === 0 ? draft : { ...draft, reasons };
}

/**
 * What a record says of the consent keys that it decides. Also for a record that the ledger holds already: the catalogue
 * and its demands may have moved on since, and a replay must not say more than the person was asked.
 */
export function draftFromRecord(request: { record: DecisionRecord; purpose: Purpose }): DraftDecision {
  const { record, purpose } = request;
  const { status } = record;
  const effectiveAt = effectiveAtOf(record);
  const missing = record.missing ?? [];
  if (!isStanding(status)) return { record, effectiveAt, states: [], missing };
  // A refusal that names some recipients or attributes refuses the whole key.
  const narrowing: Pick<DecisionRecord, "recipients" | "attributes"> = isGrant(status) ? record : {};
  const validUntil = validUntilOf({ record, validity: purpose.validity });
  const states = decidedChannels({ channel: record.channel, purpose }).map((channel): ConsentState => ({
    purpose: record.purpose.key,
    channel,
    decisionId: record.id,
    status,
    effectiveAt,
    purposeVersion: record.purpose.version,
    validUntil,
    recipients: narrowing.recipients ?? null,
    attributes: narrowing.attributes ?? null,
  }));
  return { record, effectiveAt, states, missing };
}

function writeRecord(request: {
  screened: ScreenedDecision;
  submission: Submission;
  controllerId: string;
  decisionId: string;
  ref: string;
}): DecisionRecord {
  const { screened, submission, controllerId, decisionId, ref } = request;
  const { raw, purpose, notice } = screened.submitted;
  // Members are added in the order of RFC 8785, so that writing the canonical text finds nothing to sort.
  const record: { -readonly [Member in keyof DecisionRecord]?: DecisionRecord[Member] } = { actor: submission.actor };
  if (raw.attributes !== undefined) record.attributes = raw.attributes.toSorted();
  if (raw.channel !== undefined) record.channel = raw.channel;
  if (submission.claimedAt !== null) record.claimedAt = toInstantText(submission.claimedAt);
  record.collectionPoint = submission.collectionPoint;
  if (raw.confirmation !== undefined) record.confirmation = writeConfirmation(raw.confirmation);
  record.controller = controllerId;
  record.explicit = raw.explicit ?? false;
  if (raw.guardian !== undefined) {
    record.guardian = { method: raw.guardian.method, verifiedAt: normaliseInstant(raw.guardian.verifiedAt) };
  }
  record.id = decisionId;
  record.jurisdictions = submission.jurisdictions;
  record.method = raw.method;
  if (screened.missing.length > 0) record.missing = screened.missing;
  record.notice = { id: notice.id, locale: notice.locale, sha256: notice.sha256, version: notice.version };
  record.occurredAt = submission.occurredAtText;
  record.purpose = { key: purpose.key, version: purpose.version };
  if (submission.receivedAt !== null) record.receivedAt = toInstantText(submission.receivedAt);
  if (raw.recipients !== undefined) record.recipients = raw.recipients.toSorted();
  record.schema = DECISION_SCHEMA;
  record.separate = raw.separate ?? false;
  if (raw.servedAt !== undefined) record.servedAt = normaliseInstant(raw.servedAt);
  record.status = screened.status;
  record.subject = ref;
  if (submission.test) record.test = true;
  if (raw.validUntil !== undefined) record.validUntil = normaliseInstant(raw.validUntil);
  return record as DecisionRecord;
}

function writeConfirmation(
  confirmation: NonNullable<RawDecision["confirmation"]>,
): NonNullable<DecisionRecord["confirmation"]> {
  return {
    state: confirmation.state,
    sentAt: normaliseInstant(confirmation.sentAt),
    ...(confirmation.confirmedAt === undefined ? {} : { confirmedAt: normaliseInstant(confirmation.confirmedAt) }),
    ...(confirmation.requestId === undefined ? {} : { requestId: confirmation.requestId }),
    ...(confirmation.tokenHash === undefined ? {} : { tokenHash: confirmation.tokenHash }),
    ...(confirmation.via === undefined ? {} : { via: confirmation.via }),
  };
}

function normaliseInstant(text: string): string {
  return toInstantText(Date.parse(text));
}

