import { CONSENT_STATUSES, ConnectorError, type ConsentFacetV1, type ConsentState } from "@volenti/core/adapter";
import { CONSENT_STATE_FIELDS, toConsentState } from "../mapping/to-consent-state.ts";
import { stateKey } from "../mapping/row-keys.ts";
import { fieldName, soql, type Soql } from "../query/soql.ts";
import { CONSENT_OBJECT, KEY_FIELD, SUBJECT_REF_FIELD } from "../schema/names.ts";
import { CONNECTOR_ID, type SalesforceSession } from "../transport/salesforce-session.ts";

const GET = "consent.getState";
const LIST = "consent.listStates";

/** Reads what stands, from the consent rows that bear our fields; those that agents made by hand are not decisions of ours. */
export function createConsentReader(session: SalesforceSession): ConsentFacetV1 {
  return {
    getState: async ({ subjectRef, purpose, channel }) => {
      const { crypto } = session.context(GET);
      const key = await stateKey({ crypto, ref: subjectRef, purpose, channel });
      const query = soql`SELECT ${CONSENT_STATE_FIELDS.map(fieldName)} FROM ${fieldName(CONSENT_OBJECT)} WHERE ${fieldName(KEY_FIELD)} = ${key}`;
      const states = await readStates({ session, query, subjectRef, operation: GET });
      return states.find((state) => state.purpose === purpose && state.channel === channel) ?? null;
    },
    listStates: async ({ subjectRef }) => {
      session.context(LIST);
      // An empty text is null to Salesforce: without the second condition nobody's rows would be everybody's.
      const query = soql`SELECT ${CONSENT_STATE_FIELDS.map(fieldName)} FROM ${fieldName(CONSENT_OBJECT)} WHERE ${fieldName(SUBJECT_REF_FIELD)} = ${subjectRef} AND ${fieldName(SUBJECT_REF_FIELD)} != null`;
      const states = await readStates({ session, query, subjectRef, operation: LIST });
      return states.toSorted((left, right) => compareTexts(left.purpose, right.purpose) || compareTexts(left.channel, right.channel));
    },
  };
}

async function readStates(request: { session: SalesforceSession; query: Soql; subjectRef: string; operation: string }): Promise<ConsentState[]> {
  const { session, query, subjectRef, operation } = request;
  const states: ConsentState[] = [];
  for await (const row of session.query({ soql: query, operation })) {
    // SOQL ignores letter case.
    if (row[SUBJECT_REF_FIELD] !== subjectRef) continue;
    const state = toConsentState(row);
    // A row of ours that cannot be read may be a refusal: to leave it out would be to answer that there is none.
    if (state === null || !CONSENT_STATUSES.includes(state.status)) throw new ConnectorError({ code: "malformedResponse", connectorId: CONNECTOR_ID, operation, providerCode: "stateUnreadable" });
    states.push(state);
  }
  return states;
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
