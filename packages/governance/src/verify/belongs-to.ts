import { CONSENT_STATUSES, endsPermission } from "@volenti/core/adapter";
import type { ReadRecord } from "../support/read-decision-record.ts";

/** Whether a decision may stand in a person's history: it was made under the person's ref, or followed them here. */
export function belongsTo(request: { record: ReadRecord; subjectRef: string }): boolean {
  return request.record.subject === request.subjectRef || isFollowed(request);
}

/**
 * A refusal follows a person to every destination that holds them. A store that knows the person by its own ledger, under
 * another ref, keeps it with that person, as it was sealed. A grant never travels so: under another ref it is misplaced.
 */
export function isFollowed(request: { record: ReadRecord; subjectRef: string }): boolean {
  const { record, subjectRef } = request;
  if (record.subject === subjectRef) return false;
  const status = CONSENT_STATUSES.find((candidate) => candidate === record.status);
  return status !== undefined && endsPermission(status);
}
