import { addDuration } from "../model/duration.ts";
import { endsPermission, isGrant, type ConsentStatus } from "../model/consent-status.ts";
import type { Submission, SubmittedDecision } from "../model/submission.ts";

/**
 * From when a decision counts, epoch milliseconds: a grant from when it was given (a confirmed one from its request, so
 * that a withdrawal in between stands), a refusal from when we learnt of it. Nothing counts from beyond `receivedAt`.
 */
export function effectiveAtOf(request: {
  submission: Submission;
  submitted: SubmittedDecision;
  status: ConsentStatus;
}): number {
  const { submission, submitted, status } = request;
  if (endsPermission(status)) return submission.receivedAt ?? submission.occurredAt;
  if (status === "confirmed" && submitted.raw.confirmation !== undefined) {
    return Math.min(Date.parse(submitted.raw.confirmation.sentAt), submission.occurredAt);
  }
  return submission.occurredAt;
}

/** Until when a grant holds, epoch milliseconds: its own `validUntil` or its version's validity from `occurredAt`, whichever is earlier; null: neither. */
export function validUntilOf(request: {
  submission: Submission;
  submitted: SubmittedDecision;
  status: ConsentStatus;
}): number | null {
  const { submission, submitted, status } = request;
  if (!isGrant(status)) return null;
  const own = submitted.raw.validUntil === undefined ? Infinity : Date.parse(submitted.raw.validUntil);
  const { validity } = submitted.purpose;
  const byVersion =
    validity === undefined ? Infinity : addDuration({ epochInMs: submission.occurredAt, duration: validity });
  const earliest = Math.min(own, byVersion);
  return earliest === Infinity ? null : earliest;
}
