import { ConnectorError } from "@volenti/core/adapter";
import type { OrgRow } from "../mapping/org-row.ts";
import { COUNTRY_FIELD, REF_FIELD, SUBJECT_REF_FIELD, TEST_FIELD } from "../schema/names.ts";
import type { SalesforceRow } from "../transport/salesforce-session.ts";
import { knownPersonFields, readKnownPerson, type KnownPerson } from "./known-person.ts";
import { peopleQuery, visibleFields } from "./look-up-people.ts";
import { ROW_KINDS, type RowKind } from "./pack-requests.ts";
import type { PersonPlan } from "./plan-person.ts";
import { readQueryRows, toQuerySubrequest } from "./query-subrequest.ts";
import { markerOf, toRowError } from "./row-error.ts";
import { readRowResults, UNANSWERED, type RowResult } from "./row-result.ts";
import { makeAll } from "./rows-of-kind.ts";
import { sendComposite, type CallTerms, type Subrequest, type SubrequestAnswer } from "./send-composite.ts";
import { toUpsert, type WrittenRows } from "./write-rows.ts";

const PERSON = "person";
const THIS_REF = `@{${PERSON}.${REF_FIELD}}`;
const ROWS_PER_COLLECTION = 200;

/** Either the rows of a linked customer, written, with what stood before; or whom the same call found. */
export type KnownPersonWrite =
  | { readonly kind: "written"; readonly written: WrittenRows; readonly before: KnownPerson }
  /** `null`: the call could not tell. */
  | { readonly kind: "notWritten"; readonly people: readonly KnownPerson[] | null };

/** Whether one person's rows fit the one call. */
export function fitsOneCall({ rows }: Pick<PersonPlan, "rows">): boolean {
  return rows.states.count <= ROWS_PER_COLLECTION && rows.decisions.count <= ROWS_PER_COLLECTION;
}

/**
 * Writes one person in one call where they are linked already: the call first asks for the record of the ref, and every
 * later request refers to the answer, so that Salesforce itself halts them when there is none. The match keys are asked
 * in the same call for that case.
 */
export async function writeKnownPerson(request: CallTerms & { plan: PersonPlan }): Promise<KnownPersonWrite> {
  const { session, plan } = request;
  const { settings } = session;
  const kinds = ROW_KINDS.filter((kind) => kind !== "individual" && plan.rows[kind].count > 0);
  const answers = await sendComposite({ ...request, subrequests: toSubrequests({ ...request, kinds }), changes: true });
  const [person, matches, individual] = answers;
  if (person?.status !== 200) return { kind: "notWritten", people: readMatches({ terms: request, matches }) };
  const known = readKnownPerson({ row: person.body as SalesforceRow, settings });
  const refused = refusalOf(individual);
  // The record is there, and its Individual is not: written anew, with one.
  if (refused !== null && isAbsent({ refused, operation: request.operation })) return { kind: "notWritten", people: [{ ...known, individualRef: null }] };
  const results: Record<RowKind, readonly RowResult[]> = { individual: refused === null ? [] : [refused], profile: [], states: [], decisions: [], flags: [] };
  kinds.forEach((kind, index) => {
    const answer = answers[index + 3];
    results[kind] = readRowResults({ status: answer?.status ?? 0, body: answer?.body, count: plan.rows[kind].count });
  });
  return { kind: "written", written: { results }, before: { ...known, individualRef: plan.ref } };
}

function toSubrequests(request: CallTerms & { plan: PersonPlan; kinds: readonly RowKind[] }): Subrequest[] {
  const { session, plan, kinds } = request;
  const { settings } = session;
  const { ref, rows, item } = plan;
  const visible = visibleFields(session);
  // A row's own address takes fields of the object alone, no path over a relationship.
  const fields = [...knownPersonFields({ settings, matchKeys: visible.matchKeys }), ...visible.flags].filter((field) => !field.includes("."));
  return [
    { method: "GET", path: ["sobjects", settings.profile.objectName, REF_FIELD, ref], query: { fields: fields.join(",") }, referenceId: PERSON },
    toQuerySubrequest({ query: peopleQuery({ settings, subjects: [item.subject], visible }), referenceId: "matches" }),
    { method: "PATCH", path: ["sobjects", "Individual", REF_FIELD, THIS_REF], body: { [TEST_FIELD]: item.subject.test, [COUNTRY_FIELD]: item.subject.country }, referenceId: "individual" },
    ...kinds.map((kind) => toUpsert({ kind, rows: makeAll(rows[kind]).map((row) => bindToPerson({ kind, row })), settings, referenceId: `${kind}Rows` })),
  ];
}

/** The row with its person's ref taken from the first answer of the call. */
function bindToPerson(request: { kind: RowKind; row: OrgRow }): OrgRow {
  const { kind, row } = request;
  if (kind === "states") return { ...row, Party: { [REF_FIELD]: THIS_REF } };
  return { ...row, [kind === "decisions" ? SUBJECT_REF_FIELD : REF_FIELD]: THIS_REF };
}

/** Why the Individual could not be touched; null where it was, or is real and stays so. */
function refusalOf(answer: SubrequestAnswer | undefined): RowResult | null {
  if (answer !== undefined && answer.status < 300) return null;
  const [result = UNANSWERED] = readRowResults({ status: answer?.status ?? 0, body: answer?.body, count: 1 });
  return markerOf(result) === "realPerson" ? null : result;
}

/** An Individual that is not there would be made by the request, and lacks a name. One that is locked is there. */
function isAbsent(request: { refused: RowResult; operation: string }): boolean {
  const { refused, operation } = request;
  return toRowError({ result: refused, operation }).providerCode === "REQUIRED_FIELD_MISSING";
}

function readMatches(request: { terms: CallTerms; matches: SubrequestAnswer | undefined }): readonly KnownPerson[] | null {
  const { terms, matches } = request;
  if (matches === undefined) return null;
  try {
    return readQueryRows({ answer: matches, operation: terms.operation }).map((row) => readKnownPerson({ row, settings: terms.session.settings }));
  } catch (error) {
    if (ConnectorError.isInstance(error)) return null;
    throw error;
  }
}
