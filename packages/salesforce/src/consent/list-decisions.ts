import {
  ConnectorError,
  type ConsentHistoryFacetV1,
  type DecisionColumnsV1,
  type InclusionProof,
  type StoredDecisionV1,
} from "@volenti/core/adapter";
import { fieldName, soql, type Soql } from "../query/soql.ts";
import { DECISION_FIELDS, DECISION_OBJECT, SUBJECT_REF_FIELD, TEST_FIELD } from "../schema/names.ts";
import { CONNECTOR_ID, type SalesforceRow, type SalesforceSession } from "../transport/salesforce-session.ts";

const LIST = "consentHistory.listDecisions";
const { decisionId, canonical, hash, proof, head } = DECISION_FIELDS;
const COLUMNS = [SUBJECT_REF_FIELD, ...Object.values(DECISION_FIELDS), TEST_FIELD, "CreatedDate"];

/** Reads every decision, a page at a time. The name of a decision row counts up, and is the order of recording. */
export function createHistoryReader(session: SalesforceSession): ConsentHistoryFacetV1 {
  return {
    async *listDecisions({ subjectRef }) {
      session.context(LIST);
      const [object, ref] = [fieldName(DECISION_OBJECT), fieldName(SUBJECT_REF_FIELD)];
      const query =
        subjectRef === undefined ? soql`SELECT ${COLUMNS.map(fieldName)} FROM ${object} WHERE ${ref} != null ORDER BY ${ref}, Name` : toDecisionQuery(subjectRef);
      for await (const row of session.query({ soql: query, operation: LIST })) {
        // SOQL ignores letter case.
        if (subjectRef === undefined || row[SUBJECT_REF_FIELD] === subjectRef) yield toStoredDecision(row);
      }
    },
  };
}

/** Asks for the decisions of one ref, in the order of recording. */
export function toDecisionQuery(subjectRef: string): Soql {
  const ref = fieldName(SUBJECT_REF_FIELD);
  return soql`SELECT ${COLUMNS.map(fieldName)} FROM ${fieldName(DECISION_OBJECT)} WHERE ${ref} = ${subjectRef} AND ${ref} != null ORDER BY Name`;
}

export function toStoredDecision(row: SalesforceRow): StoredDecisionV1 {
  return {
    subjectRef: textOf(row[SUBJECT_REF_FIELD]),
    decisionId: textOf(row[decisionId]),
    canonical: textOf(row[canonical]),
    hash: textOf(row[hash]),
    proof: readProof(textOf(row[proof])),
    head: typeof row[head] === "string" ? row[head] : null,
    recordedAt: new Date(instantOf(row["CreatedDate"])).toISOString(),
    columns: toColumns(row),
  };
}

/** What staff could edit of a row for readers of reports: emptied or of another kind it differs from the record, and is no reason to stop. */
function toColumns(row: SalesforceRow): DecisionColumnsV1 {
  const text = (field: string): string => (typeof row[field] === "string" ? row[field] : "");
  const instant = (field: string): number => Date.parse(text(field));
  const effectiveAt = row[DECISION_FIELDS.effectiveAt];
  return {
    purpose: text(DECISION_FIELDS.purpose),
    purposeVersion: text(DECISION_FIELDS.purposeVersion),
    channel: row[DECISION_FIELDS.channel] === null ? null : text(DECISION_FIELDS.channel),
    status: text(DECISION_FIELDS.status),
    noticeId: text(DECISION_FIELDS.noticeId),
    noticeVersion: text(DECISION_FIELDS.noticeVersion),
    noticeSha256: text(DECISION_FIELDS.noticeSha256),
    // Salesforce keeps a datetime in whole seconds.
    instantStepInMs: 1000,
    occurredAt: instant(DECISION_FIELDS.occurredAt),
    receivedAt: row[DECISION_FIELDS.receivedAt] === null ? null : instant(DECISION_FIELDS.receivedAt),
    effectiveAt: typeof effectiveAt === "number" ? effectiveAt : Number.NaN,
    collectionPoint: text(DECISION_FIELDS.collectionPoint),
    test: row[TEST_FIELD] === true,
  };
}

function instantOf(value: unknown): number {
  const instant = Date.parse(textOf(value));
  if (Number.isNaN(instant)) throw malformed();
  return instant;
}

function readProof(text: string): InclusionProof {
  const { leafIndex, treeSize, path, root } = parse(text);
  const isPath = Array.isArray(path) && path.every((step) => typeof step === "string");
  if (typeof leafIndex !== "number" || typeof treeSize !== "number" || !isPath || typeof root !== "string") throw malformed();
  return { leafIndex, treeSize, path, root };
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    throw malformed();
  }
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  throw malformed();
}

/** A proof that somebody with the right to edit rows took away is no empty history. */
function malformed(): ConnectorError {
  return new ConnectorError({ code: "malformedResponse", connectorId: CONNECTOR_ID, operation: LIST, providerCode: "decisionUnreadable" });
}
