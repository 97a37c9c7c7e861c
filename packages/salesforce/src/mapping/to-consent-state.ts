import { CONSENT_STATUSES, isStanding, type ConsentState } from "@volenti/core/adapter";
import { STATE_FIELDS, SUBJECT_REF_FIELD } from "../schema/names.ts";
import type { SalesforceRow } from "../transport/salesforce-session.ts";

/** What a read selects of a consent row to make a state of it. */
export const CONSENT_STATE_FIELDS: readonly string[] = [SUBJECT_REF_FIELD, ...Object.values(STATE_FIELDS)];

/** The state that a consent row holds; null for a row that bears none of ours. */
export function toConsentState(row: SalesforceRow): ConsentState | null {
  const purpose = textOf(row[STATE_FIELDS.purpose]);
  const channel = textOf(row[STATE_FIELDS.channel]);
  const status = CONSENT_STATUSES.find((word) => word === row[STATE_FIELDS.status]);
  const effectiveAt = row[STATE_FIELDS.effectiveAt];
  if (purpose === null || channel === null || status === undefined || typeof effectiveAt !== "number") return null;
  if (!isStanding(status)) return null;
  const validUntil = row[STATE_FIELDS.validUntil];
  return {
    purpose,
    channel,
    decisionId: textOf(row[STATE_FIELDS.decisionId]) ?? "",
    status,
    effectiveAt,
    purposeVersion: textOf(row[STATE_FIELDS.purposeVersion]) ?? "",
    validUntil: typeof validUntil === "number" ? validUntil : null,
    recipients: listOf(row[STATE_FIELDS.recipients]),
    attributes: listOf(row[STATE_FIELDS.attributes]),
  };
}

/** Who spoilt the list in the org left nothing that it allows; other people's rows are read all the same. */
function listOf(value: unknown): readonly string[] | null {
  const text = textOf(value);
  if (text === null) return null;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter((entry): entry is string => typeof entry === "string") : [];
  } catch {
    return [];
  }
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
