import { ConnectorError, type SubjectWriteV1 } from "@volenti/core/adapter";
import { CONNECTOR_ID } from "../error/map-postgres-error.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SHA256 = /^[0-9a-f]{64}$/;
const HASH_DIGITS = 64;
const LOWER_CASE_DIGITS = /^[0-9a-f]*$/;

/**
 * Checks what the statements rely on, so that a malformed item fails alone and is never sent. Upper-case digits count
 * as malformed: ids are compared as text by the library and as bytes by the store, and only lower case sorts alike.
 */
export function checkItem(item: SubjectWriteV1): ConnectorError | null {
  const fieldNames = [...malformedFields(item)];
  if (fieldNames.length === 0) return null;
  return new ConnectorError({ code: "invalidInput", connectorId: CONNECTOR_ID, operation: "intake.write", fieldNames });
}

function* malformedFields(item: SubjectWriteV1): Generator<string> {
  if (item.subject.ref === "") yield "subject.ref";
  if (!item.subject.identifiers.every(({ value }) => value.isWellFormed())) yield "subject.identifiers";
  for (const { submissionId, contentDigest } of item.submissions) {
    if (!UUID.test(submissionId)) yield "submissionId";
    if (!SHA256.test(contentDigest)) yield "contentDigest";
  }
  if (new Set(item.decisions.map(({ record }) => record.id)).size < item.decisions.length) yield "decision.id";
  for (const decision of item.decisions) {
    if (!UUID.test(decision.record.id)) yield "decision.id";
    if (!SHA256.test(decision.hash)) yield "decision.hash";
    // What is sent as UTF-8 would change on the way.
    if (!decision.canonical.isWellFormed()) yield "decision.canonical";
    if (!Number.isSafeInteger(decision.effectiveAt)) yield "decision.effectiveAt";
    if (!SHA256.test(decision.proof.root) || !areHashes(decision.proof.path)) yield "decision.proof";
    if (!SHA256.test(decision.record.notice.sha256)) yield "decision.notice";
  }
  for (const state of item.states) {
    if (!UUID.test(state.decisionId)) yield "state.decisionId";
    if (!Number.isSafeInteger(state.effectiveAt)) yield "state.effectiveAt";
  }
  for (const [name, change] of Object.entries(item.profile ?? {})) {
    if (!name.isWellFormed()) yield "profile";
    if (!Number.isSafeInteger(change.changedAt)) yield "profile.changedAt";
    if (!UUID.test(change.submissionId)) yield "profile.submissionId";
  }
}

/** A path has a dozen hashes, and a batch a thousand paths: their digits are looked at in one go. */
function areHashes(path: readonly string[]): boolean {
  return path.every(({ length }) => length === HASH_DIGITS) && LOWER_CASE_DIGITS.test(path.join(""));
}
