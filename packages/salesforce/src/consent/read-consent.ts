import { CONSENT_STATUSES, ConnectorError, type ConsentFacetV1, type ConsentState } from "@volenti/core/adapter";
import { CONSENT_STATE_FIELDS, toConsentState } from "../mapping/to-consent-state.ts";
import { stateKey } from "../mapping/row-keys.ts";
import { chunkValues } from "../profile/chunk-values.ts";
import { queryTogether } from "../profile/query-together.ts";
import { fieldName, soql, type Soql } from "../query/soql.ts";
import { CONSENT_OBJECT, KEY_FIELD, SUBJECT_REF_FIELD } from "../schema/names.ts";
import { CONNECTOR_ID, type SalesforceRow, type SalesforceSession } from "../transport/salesforce-session.ts";

const GET = "consent.getState";
const LIST = "consent.listStates";
const LIST_OF = "consent.listStatesOf";
/** A call carries five queries, and each answers a page of 2,000 rows: 200 people of up to 50 states are one call. */
const PEOPLE_PER_QUERY = 40;

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
      return (await readStates({ session, query, subjectRef, operation: LIST })).toSorted(byPurposeThenChannel);
    },
    listStatesOf: ({ subjectRefs }) => listStatesOf({ session, subjectRefs }),
  };
}

async function readStates(request: { session: SalesforceSession; query: Soql; subjectRef: string; operation: string }): Promise<ConsentState[]> {
  const { session, query, subjectRef, operation } = request;
  const states: ConsentState[] = [];
  for await (const row of session.query({ soql: query, operation })) {
    // SOQL ignores letter case.
    if (row[SUBJECT_REF_FIELD] === subjectRef) states.push(readState({ row, operation }));
  }
  return states;
}

async function listStatesOf(request: { session: SalesforceSession; subjectRefs: readonly string[] }): Promise<ReadonlyMap<string, readonly ConsentState[]>> {
  const { session, subjectRefs } = request;
  session.context(LIST_OF);
  const chunks = chunkValues({ values: subjectRefs, longestCount: PEOPLE_PER_QUERY });
  const queries = chunks.map(
    (refs) => soql`SELECT ${CONSENT_STATE_FIELDS.map(fieldName)} FROM ${fieldName(CONSENT_OBJECT)} WHERE ${fieldName(SUBJECT_REF_FIELD)} IN ${refs} AND ${fieldName(SUBJECT_REF_FIELD)} != null`,
  );
  const answers = await queryTogether({ session, operation: LIST_OF, isUrgent: false, queries, absent: "isError" });
  return new Map(chunks.flatMap((refs, index) => [...groupStates({ refs, rows: answers[index] ?? [] })]));
}

/** SOQL ignores letter case: what a query answers of others than those whom it asked for is left out. */
function groupStates(request: { refs: readonly string[]; rows: readonly SalesforceRow[] }): ReadonlyMap<string, readonly ConsentState[]> {
  const { refs, rows } = request;
  const rowsOf = Map.groupBy(rows, (row) => row[SUBJECT_REF_FIELD]);
  return new Map(
    refs.flatMap((ref) => {
      const own = rowsOf.get(ref)?.map((row) => readState({ row, operation: LIST_OF }));
      return own === undefined ? [] : [[ref, own.toSorted(byPurposeThenChannel)] as const];
    }),
  );
}

/** A row of ours that cannot be read may be a refusal: to leave it out would be to answer that there is none. */
function readState(request: { row: SalesforceRow; operation: string }): ConsentState {
  const { row, operation } = request;
  const state = toConsentState(row);
  if (state !== null && CONSENT_STATUSES.includes(state.status)) return state;
  throw new ConnectorError({ code: "malformedResponse", connectorId: CONNECTOR_ID, operation, providerCode: "stateUnreadable" });
}

function byPurposeThenChannel(left: ConsentState, right: ConsentState): number {
  return compareTexts(left.purpose, right.purpose) || compareTexts(left.channel, right.channel);
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
