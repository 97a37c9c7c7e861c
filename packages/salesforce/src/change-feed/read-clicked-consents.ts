import { CONSENT_STATE_FIELDS, toConsentState } from "../mapping/to-consent-state.ts";
import { fieldName, soql, soqlInstant } from "../query/soql.ts";
import { CONSENT_OBJECT, STATE_FIELDS, SUBJECT_REF_FIELD, TEST_FIELD } from "../schema/names.ts";
import type { SalesforceSession } from "../transport/salesforce-session.ts";
import type { FoundChange } from "./found-change.ts";

/** How the org's flow names a decision that a person clicked. */
export const STAFF_PREFIX = "staff-";

/** Consent rows in which a person's click stands now, oldest first. What was decided after it is no click any more. */
export async function* readClickedConsents(request: {
  session: SalesforceSession;
  operation: string;
  from: number;
  signal: AbortSignal | undefined;
}): AsyncGenerator<FoundChange> {
  const { session, operation, from, signal } = request;
  const columns = ["Id", TEST_FIELD, "SystemModstamp", "LastModifiedById", ...CONSENT_STATE_FIELDS].map(fieldName);
  const query = soql`SELECT ${columns} FROM ${fieldName(CONSENT_OBJECT)} WHERE ${fieldName(STATE_FIELDS.decisionId)} LIKE ${`${STAFF_PREFIX}%`} AND ${fieldName(SUBJECT_REF_FIELD)} != null AND SystemModstamp >= ${soqlInstant(from)} ORDER BY SystemModstamp, Id`;
  for await (const row of session.query({ soql: query, operation, ...(signal === undefined ? {} : { signal }) })) {
    const state = toConsentState(row);
    const subjectRef = row[SUBJECT_REF_FIELD];
    if (state === null || typeof subjectRef !== "string") continue;
    const { purpose, channel, status, effectiveAt, decisionId } = state;
    const user = row["LastModifiedById"];
    yield {
      kind: "decision",
      subjectRef,
      changedAt: effectiveAt,
      at: Date.parse(String(row["SystemModstamp"])),
      changeId: `${String(row["Id"])}:${decisionId}`,
      decision: { purpose, channel, status },
      by: { kind: "staff", ...(typeof user === "string" ? { ref: user } : {}) },
      test: row[TEST_FIELD] === true,
    };
  }
}
