import { ConnectorError, type ConsentHistoryFacetV1, type InclusionProof, type StoredDecisionV1 } from "@volenti/core/adapter";
import { fieldName, soql } from "../query/soql.ts";
import { DECISION_FIELDS, DECISION_OBJECT, SUBJECT_REF_FIELD } from "../schema/names.ts";
import { CONNECTOR_ID, type SalesforceRow, type SalesforceSession } from "../transport/salesforce-session.ts";

const LIST = "consentHistory.listDecisions";
const { decisionId, canonical, hash, proof, head } = DECISION_FIELDS;
const COLUMNS = [SUBJECT_REF_FIELD, decisionId, canonical, hash, proof, head, "CreatedDate"];

/** Reads every decision, a page at a time. The name of a decision row counts up, and is the order of recording. */
export function createHistoryReader(session: SalesforceSession): ConsentHistoryFacetV1 {
  return {
    async *listDecisions({ subjectRef }) {
      session.context(LIST);
      const columns = COLUMNS.map(fieldName);
      const [object, ref] = [fieldName(DECISION_OBJECT), fieldName(SUBJECT_REF_FIELD)];
      const query =
        subjectRef === undefined
          ? soql`SELECT ${columns} FROM ${object} WHERE ${ref} != null ORDER BY ${ref}, Name`
          : soql`SELECT ${columns} FROM ${object} WHERE ${ref} = ${subjectRef} AND ${ref} != null ORDER BY Name`;
      for await (const row of session.query({ soql: query, operation: LIST })) {
        // SOQL ignores letter case.
        if (subjectRef === undefined || row[SUBJECT_REF_FIELD] === subjectRef) yield toStoredDecision(row);
      }
    },
  };
}

function toStoredDecision(row: SalesforceRow): StoredDecisionV1 {
  const recordedAt = Date.parse(textOf(row["CreatedDate"]));
  if (Number.isNaN(recordedAt)) throw malformed();
  return {
    subjectRef: textOf(row[SUBJECT_REF_FIELD]),
    decisionId: textOf(row[decisionId]),
    canonical: textOf(row[canonical]),
    hash: textOf(row[hash]),
    proof: readProof(textOf(row[proof])),
    head: typeof row[head] === "string" ? row[head] : null,
    recordedAt: new Date(recordedAt).toISOString(),
  };
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
