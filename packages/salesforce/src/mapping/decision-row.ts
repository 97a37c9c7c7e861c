import type { JsonValue, SealedDecision } from "@volenti/core/adapter";
import { DECISION_FIELDS, SUBJECT_REF_FIELD, TEST_FIELD } from "../schema/names.ts";
import type { OrgRow } from "./org-row.ts";

/** One decision as the row that an auditor lists: word for word, and never changed afterwards. */
export function toDecisionRow(request: {
  decision: SealedDecision;
  head: string | null;
  /** With whom it is recorded: its own subject, or somebody held whom it follows under another ref. */
  ref: string;
}): OrgRow {
  const { decision, head, ref } = request;
  const { record } = decision;
  const proof: JsonValue = { ...decision.proof, path: [...decision.proof.path] };
  return {
    [DECISION_FIELDS.decisionId]: record.id,
    [SUBJECT_REF_FIELD]: ref,
    [TEST_FIELD]: record.test === true,
    [DECISION_FIELDS.purpose]: record.purpose.key,
    [DECISION_FIELDS.purposeVersion]: record.purpose.version,
    [DECISION_FIELDS.channel]: record.channel ?? null,
    [DECISION_FIELDS.status]: record.status,
    [DECISION_FIELDS.effectiveAt]: decision.effectiveAt,
    [DECISION_FIELDS.occurredAt]: record.occurredAt,
    [DECISION_FIELDS.receivedAt]: record.receivedAt ?? null,
    [DECISION_FIELDS.noticeId]: record.notice.id,
    [DECISION_FIELDS.noticeVersion]: record.notice.version,
    [DECISION_FIELDS.noticeSha256]: record.notice.sha256,
    [DECISION_FIELDS.collectionPoint]: record.collectionPoint,
    [DECISION_FIELDS.canonical]: decision.canonical,
    [DECISION_FIELDS.hash]: decision.hash,
    [DECISION_FIELDS.proof]: JSON.stringify(proof),
    [DECISION_FIELDS.head]: head,
  };
}
