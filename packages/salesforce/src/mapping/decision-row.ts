import type { JsonValue, SealedDecision } from "@volenti/core/adapter";
import type { DECISION_FIELDS, DECISION_OBJECT, SUBJECT_REF_FIELD, TEST_FIELD } from "../schema/names.ts";
import type { OrgRow } from "./org-row.ts";

/** Written out, and not computed from the names: an engine makes and prints such rows in half the time. The compiler compares them. */
type DecisionRow = Readonly<Record<(typeof DECISION_FIELDS)[keyof typeof DECISION_FIELDS] | typeof SUBJECT_REF_FIELD | typeof TEST_FIELD, JsonValue>> & {
  readonly attributes: { readonly type: typeof DECISION_OBJECT };
};

/** One decision as the row that an auditor lists: word for word, and never changed afterwards. */
export function toDecisionRow(request: {
  decision: SealedDecision;
  head: string | null;
  /** With whom it is recorded: its own subject, or somebody held whom it follows under another ref. */
  ref: string;
}): OrgRow {
  const { decision, head, ref } = request;
  const { record } = decision;
  return {
    attributes: { type: "VolentiDecision__c" },
    VolentiDecisionId__c: record.id,
    VolentiSubjectRef__c: ref,
    VolentiTest__c: record.test === true,
    VolentiPurpose__c: record.purpose.key,
    VolentiPurposeVersion__c: record.purpose.version,
    VolentiChannel__c: record.channel ?? null,
    VolentiStatus__c: record.status,
    VolentiEffectiveAt__c: decision.effectiveAt,
    VolentiOccurredAt__c: record.occurredAt,
    VolentiReceivedAt__c: record.receivedAt ?? null,
    VolentiNoticeId__c: record.notice.id,
    VolentiNoticeVersion__c: record.notice.version,
    VolentiNoticeSha256__c: record.notice.sha256,
    VolentiCollectionPoint__c: record.collectionPoint,
    VolentiCanonical__c: decision.canonical,
    VolentiHash__c: decision.hash,
    VolentiProof__c: JSON.stringify(decision.proof),
    VolentiHead__c: head,
  } satisfies DecisionRow;
}
