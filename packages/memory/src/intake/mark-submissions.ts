import { ConnectorError, type SubmissionMarkV1 } from "@volenti/core/adapter";
import type { MemoryRecords } from "../transport/memory-records.ts";
import { CONNECTOR_ID } from "../transport/memory-session.ts";

/** Throws where a submission id is held with another content: only the first content under an id counts. */
export function checkSubmissions(request: { records: MemoryRecords; submissions: readonly SubmissionMarkV1[] }): void {
  const { records, submissions } = request;
  if (!submissions.some((submission) => judgeSubmission({ records, submission }) === "conflicting")) return;
  throw new ConnectorError({
    code: "conflict",
    connectorId: CONNECTOR_ID,
    operation: "intake.write",
    providerCode: "conflictingReplay",
  });
}

export function markSubmissions(request: { records: MemoryRecords; submissions: readonly SubmissionMarkV1[] }): void {
  const { records, submissions } = request;
  for (const { submissionId, contentDigest, keyId } of submissions) {
    if (!records.submissions.has(submissionId)) records.submissions.set(submissionId, { contentDigest, keyId });
  }
}

/** What is known of a submission id. */
export function judgeSubmission(request: {
  records: MemoryRecords;
  submission: SubmissionMarkV1;
}): "unseen" | "same" | "conflicting" {
  const { submissionId, contentDigest, keyId } = request.submission;
  const mark = request.records.submissions.get(submissionId);
  if (mark === undefined) return "unseen";
  // Digests under two keys cannot be compared; the decision ids still tell what is recorded.
  return mark.keyId !== keyId || mark.contentDigest === contentDigest ? "same" : "conflicting";
}
