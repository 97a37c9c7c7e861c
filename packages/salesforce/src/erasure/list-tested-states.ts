import { ANY_CHANNEL, ConnectorError, type ConsentState, type DecisionRecord } from "@volenti/core/adapter";
import { CONSENT_STATE_FIELDS, toConsentState } from "../mapping/to-consent-state.ts";
import { chunkValues } from "../profile/chunk-values.ts";
import { queryTogether } from "../profile/query-together.ts";
import { fieldName, soql } from "../query/soql.ts";
import { CONSENT_OBJECT, DECISION_FIELDS, DECISION_OBJECT, SUBJECT_REF_FIELD, TEST_FIELD } from "../schema/names.ts";
import { CONNECTOR_ID, type SalesforceRow } from "../transport/salesforce-session.ts";
import type { ErasureTerms } from "./erase-people.ts";
import { textOf, toOrgRecords, type OrgRecord } from "./org-record.ts";

/** A real person in whose consents a test's decision has, or had, a part. */
export interface TestedSubject {
  readonly ref: string;
  /** The rows that a test's decision stands in. */
  readonly ofTests: readonly { readonly record: OrgRecord }[];
  /** The keys to be judged anew: those of `ofTests`, and those that a test's decision names and no row holds any more. */
  readonly keys: readonly Pick<ConsentState, "purpose" | "channel">[];
  readonly realDecisions: readonly DecisionRecord[];
}

const PEOPLE_AT_ONCE = 20;
const { decisionId, purpose, channel, canonical } = DECISION_FIELDS;

export async function* listTestedStates(terms: ErasureTerms): AsyncGenerator<TestedSubject> {
  const [ref, test] = [fieldName(SUBJECT_REF_FIELD), fieldName(TEST_FIELD)];
  const [states, decisions] = await queryTogether({
    ...terms,
    queries: [
      soql`SELECT Id, ${ref} FROM ${fieldName(CONSENT_OBJECT)} WHERE ${test} = true AND ${ref} != null`,
      soql`SELECT Id, ${[SUBJECT_REF_FIELD, decisionId, purpose, channel].map(fieldName)} FROM ${fieldName(DECISION_OBJECT)} WHERE ${test} = true AND ${ref} != null`,
    ],
    absent: "isNull",
  });
  if (states === null || states === undefined) throw unreadable(terms.operation);
  const tests = decisions ?? [];
  const refs = [...states, ...tests].flatMap((row) => textOf(row[SUBJECT_REF_FIELD]) ?? []);
  for (const chunk of chunkValues({ values: refs, longestCount: PEOPLE_AT_ONCE })) {
    const [rows, real] = await readSubjects({ terms, refs: chunk });
    for (const subjectRef of chunk) yield toSubject({ ref: subjectRef, rows: ofSubject(rows, subjectRef), tests: ofSubject(tests, subjectRef), real: ofSubject(real, subjectRef), terms });
  }
}

async function readSubjects(request: { terms: ErasureTerms; refs: readonly string[] }): Promise<readonly [readonly SalesforceRow[], readonly SalesforceRow[]]> {
  const { terms, refs } = request;
  const [ref, test] = [fieldName(SUBJECT_REF_FIELD), fieldName(TEST_FIELD)];
  const [rows, real] = await queryTogether({
    ...terms,
    queries: [
      soql`SELECT Id, ${[TEST_FIELD, ...CONSENT_STATE_FIELDS].map(fieldName)} FROM ${fieldName(CONSENT_OBJECT)} WHERE ${ref} IN ${refs}`,
      soql`SELECT Id, ${[SUBJECT_REF_FIELD, canonical].map(fieldName)} FROM ${fieldName(DECISION_OBJECT)} WHERE ${ref} IN ${refs} AND ${test} = false`,
    ],
    absent: "isNull",
  });
  if (rows === null || rows === undefined) throw unreadable(terms.operation);
  return [rows, real ?? []];
}

function unreadable(operation: string): ConnectorError {
  return new ConnectorError({ code: "invalidConfiguration", connectorId: CONNECTOR_ID, operation, providerCode: "INVALID_FIELD" });
}

function toSubject(request: {
  ref: string;
  rows: readonly SalesforceRow[];
  tests: readonly SalesforceRow[];
  real: readonly SalesforceRow[];
  terms: ErasureTerms;
}): TestedSubject {
  const { ref, rows, tests, real, terms } = request;
  const testIds = new Set(tests.map((row) => row[decisionId]));
  const ofTests = rows.filter((row) => row[TEST_FIELD] === true || testIds.has(row["VolentiDecisionId__c"]));
  const held = rows.filter((row) => !ofTests.includes(row)).flatMap(keysOf);
  const named = tests.map((row) => ({ purpose: textOf(row[purpose]) ?? "", channel: textOf(row[channel]) ?? ANY_CHANNEL }));
  const lost = named.filter((key) => !held.some((other) => other.purpose === key.purpose && other.channel === key.channel));
  const keys = new Map([...ofTests.flatMap(keysOf), ...lost].map((key) => [`${key.purpose} ${key.channel}`, key]));
  return {
    ref,
    ofTests: toOrgRecords({ objectName: CONSENT_OBJECT, rows: ofTests }).map((record) => ({ record })),
    keys: [...keys.values()],
    realDecisions: real.map((row) => readRecord({ row, operation: terms.operation })),
  };
}

function keysOf(row: SalesforceRow): readonly Pick<ConsentState, "purpose" | "channel">[] {
  const state = toConsentState(row);
  return state === null ? [] : [{ purpose: state.purpose, channel: state.channel }];
}

function ofSubject(rows: readonly SalesforceRow[], ref: string): readonly SalesforceRow[] {
  return rows.filter((row) => row[SUBJECT_REF_FIELD] === ref);
}

function readRecord(request: { row: SalesforceRow; operation: string }): DecisionRecord {
  try {
    return JSON.parse(textOf(request.row[canonical]) ?? "") as DecisionRecord;
  } catch {
    throw new ConnectorError({ code: "malformedResponse", connectorId: CONNECTOR_ID, operation: request.operation, providerCode: "decisionUnreadable" });
  }
}
