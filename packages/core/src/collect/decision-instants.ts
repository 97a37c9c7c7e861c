import { addDuration } from "../model/duration.ts";
import { endsPermission, isGrant } from "../model/consent-status.ts";
import type { DecisionRecord } from "../model/decision.ts";

/**
 * From when a decision counts, epoch milliseconds: a grant from when it was given (a confirmed one from its request, so
 * that a withdrawal in between stands), a refusal from when we learnt of it. Nothing counts from beyond `receivedAt`.
 */
export function effectiveAtOf(record: DecisionRecord): number {
  const occurredAt = Date.parse(record.occurredAt);
  if (endsPermission(record.status)) return record.receivedAt === undefined ? occurredAt : Date.parse(record.receivedAt);
  if (record.status === "confirmed" && record.confirmation !== undefined) {
    return Math.min(Date.parse(record.confirmation.sentAt), occurredAt);
  }
  return occurredAt;
}

/** Until when a grant holds, epoch milliseconds: its own `validUntil` or its version's validity from `occurredAt`, whichever is earlier; null: neither. */
export function validUntilOf(request: { record: DecisionRecord; validity: string | undefined }): number | null {
  const { record, validity } = request;
  if (!isGrant(record.status)) return null;
  const own = record.validUntil === undefined ? Infinity : Date.parse(record.validUntil);
  const byVersion =
    validity === undefined ? Infinity : addDuration({ epochInMs: Date.parse(record.occurredAt), duration: validity });
  const earliest = Math.min(own, byVersion);
  return earliest === Infinity ? null : earliest;
}
