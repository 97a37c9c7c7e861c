import { ConnectorError } from "@volenti/core/adapter";
import type { CallTerms } from "../intake/send-composite.ts";
import { chunkValues } from "../profile/chunk-values.ts";
import { queryTogether } from "../profile/query-together.ts";
import { fieldName, soql, type Soql } from "../query/soql.ts";
import { CONSENT_OBJECT, DECISION_OBJECT, REF_FIELD, SUBJECT_REF_FIELD } from "../schema/names.ts";
import type { Settings } from "../settings.ts";
import { CONNECTOR_ID, type SalesforceRow } from "../transport/salesforce-session.ts";
import { distinctRecords, textOf, toOrgRecords, type OrgRecord } from "./org-record.ts";

/** What bears the refs of some people: where every erasure begins. */
export interface OwnRecords {
  readonly individuals: readonly OrgRecord[];
  readonly profiles: readonly OrgRecord[];
  readonly states: readonly OrgRecord[];
  readonly decisions: readonly OrgRecord[];
}

const REFS_PER_QUERY = 100;

/** The records of these people and of nobody else; the Individual that a profile points at included, unless it is another's. */
export async function findOwnRecords(request: CallTerms & { refs: readonly string[] }): Promise<OwnRecords> {
  const { refs, ...terms } = request;
  const { settings } = terms.session;
  const found: OrgRecord[][] = [[], [], [], []];
  for (const chunk of chunkValues({ values: refs.filter((ref) => ref !== ""), longestCount: REFS_PER_QUERY })) {
    const own = new Set(chunk);
    // Without the log there is no such object; an org without it has no decisions to retain.
    const answers = await queryTogether({ ...terms, queries: [...personQueries({ refs: chunk, settings }), decisionQuery(chunk)], absent: "isNull" });
    const [individuals, profiles, states, decisions] = answers;
    if (individuals === null || profiles === null || states === null) throw unreadable(terms.operation);
    const isOwn = (field: string) => (row: SalesforceRow) => own.has(String(row[field]));
    found[0]?.push(...toOrgRecords({ objectName: "Individual", rows: individuals?.filter(isOwn(REF_FIELD)) ?? [] }));
    found[1]?.push(...toOrgRecords({ objectName: settings.profile.objectName, rows: profiles?.filter(isOwn(REF_FIELD)) ?? [] }));
    found[2]?.push(...toOrgRecords({ objectName: CONSENT_OBJECT, rows: states?.filter(isOwn(SUBJECT_REF_FIELD)) ?? [] }));
    found[3]?.push(...toOrgRecords({ objectName: DECISION_OBJECT, rows: decisions?.filter(isOwn(SUBJECT_REF_FIELD)) ?? [] }));
  }
  const [individuals = [], profiles = [], states = [], decisions = []] = found;
  const pointed = profiles.flatMap((profile) => pointedIndividual({ profile, settings }));
  return { individuals: distinctRecords([...individuals, ...pointed]), profiles, states, decisions };
}

/** A field that is missing or hidden: people who are there would look like nobody. */
function unreadable(operation: string): ConnectorError {
  return new ConnectorError({ code: "invalidConfiguration", connectorId: CONNECTOR_ID, operation, providerCode: "INVALID_FIELD" });
}

function personQueries(request: { refs: readonly string[]; settings: Settings }): readonly Soql[] {
  const { refs, settings } = request;
  const { objectName, individual, fields } = settings.profile;
  const stamps = [...fields.values()].map(({ stampField }) => stampField);
  const columns = [...new Set(["Id", REF_FIELD, `${individual}Id`, `${individual}.${REF_FIELD}`, ...stamps])].map(fieldName);
  const [ref, subjectRef] = [fieldName(REF_FIELD), fieldName(SUBJECT_REF_FIELD)];
  return [
    soql`SELECT Id, ${ref} FROM Individual WHERE ${ref} IN ${refs}`,
    soql`SELECT ${columns} FROM ${fieldName(objectName)} WHERE ${ref} IN ${refs}`,
    soql`SELECT Id, ${subjectRef}, PartyId FROM ${fieldName(CONSENT_OBJECT)} WHERE ${subjectRef} IN ${refs}`,
  ];
}

function decisionQuery(refs: readonly string[]): Soql {
  const subjectRef = fieldName(SUBJECT_REF_FIELD);
  return soql`SELECT Id, ${subjectRef} FROM ${fieldName(DECISION_OBJECT)} WHERE ${subjectRef} IN ${refs}`;
}

/** A customer who was there before may have an Individual that an agent made: it is this person's too. */
function pointedIndividual(request: { profile: OrgRecord; settings: Settings }): readonly OrgRecord[] {
  const { profile, settings } = request;
  const { individual } = settings.profile;
  const id = textOf(profile.row[`${individual}Id`]);
  const parent = profile.row[individual] as SalesforceRow | null | undefined;
  const ref = textOf(parent?.[REF_FIELD]);
  const isOthers = ref !== null && ref !== profile.row[REF_FIELD];
  return id === null || isOthers ? [] : [{ objectName: "Individual", id, row: { Id: id } }];
}
