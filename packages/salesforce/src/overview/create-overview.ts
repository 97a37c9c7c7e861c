import type { Identifier, OverviewFacetV1, OverviewRecordV1, OverviewV1 } from "@volenti/core/adapter";
import { toStoredDecision, toDecisionQuery } from "../consent/list-decisions.ts";
import { toStandingStates } from "../consent/read-consent.ts";
import { toStateQuery } from "../consent/read-held-consents.ts";
import { optOutQueries, readOptOuts } from "../consent/read-opt-outs.ts";
import { toQuerySubrequest } from "../intake/query-subrequest.ts";
import { sendComposite, type CallTerms, type SubrequestAnswer } from "../intake/send-composite.ts";
import { addressMode, type AddressMode } from "../mapping/address-mode.ts";
import { tellMatch, toMatchQuery } from "../profile/match-identifier.ts";
import { queryTogether, readQueryAnswer } from "../profile/query-together.ts";
import { profileColumns, toProfileQuery, toStoredProfile } from "../profile/read-profile.ts";
import type { Soql } from "../query/soql.ts";
import { REF_FIELD, SUBJECT_REF_FIELD } from "../schema/names.ts";
import type { SalesforceRow, SalesforceSession } from "../transport/salesforce-session.ts";

const OPERATION = "overview.read";
const PERSON = "person";
/** The ref of whom the first query of the call found: Salesforce itself puts it into the others. */
const FOUND_REF = `@{${PERSON}.records[0].${REF_FIELD}}`;

/** All of one person in one call: profile, consent rows, opt-out flags and decisions, by the ref or by a match key. */
export function createOverview(session: SalesforceSession): OverviewFacetV1 {
  return {
    read: async ({ name }) => {
      session.context(OPERATION);
      const terms: Terms = { session, operation: OPERATION, isUrgent: false, mode: await addressMode({ session, operation: OPERATION }) };
      return "subjectRef" in name ? readByRef({ terms, subjectRef: name.subjectRef }) : readByIdentifier({ terms, identifier: name.identifier });
    },
  };
}

interface Terms extends CallTerms {
  readonly mode: AddressMode;
}

/** What a call found beside the profile; null: the org refused that query. */
interface Beside {
  readonly states: readonly SalesforceRow[] | null;
  readonly decisions: readonly SalesforceRow[] | null;
  readonly flags: readonly (readonly SalesforceRow[] | null)[];
}

async function readByRef(request: { terms: Terms; subjectRef: string }): Promise<OverviewV1 | null> {
  const { terms, subjectRef } = request;
  const queries = [toProfileQuery({ ...terms, settings: terms.session.settings, subjectRef }), ...besideQueries({ terms, ref: subjectRef })];
  const [profiles = null, ...beside] = await queryTogether({ ...terms, queries, absent: "isNull" });
  const { states, decisions } = toBeside({ terms, answers: beside });
  // Only flags may be hidden. Asked alone, what cannot be read is refused with the org's own reason.
  const lacking = [profiles, states, decisions].findIndex((rows) => rows === null);
  if (lacking >= 0) await queryTogether({ ...terms, queries: queries.slice(lacking, lacking + 1), absent: "isError" });
  const row = profiles?.find((candidate) => candidate[REF_FIELD] === subjectRef);
  const record = await toRecord({ terms, subjectRef, row, beside: toBeside({ terms, answers: beside }) });
  return record.profile === null && record.states.length === 0 ? null : { records: [record], custody: null };
}

/**
 * The queries behind the first one name its answer. Where that is another's, or an org does not put it in, the person is read
 * by the ref then: a second call.
 */
async function readByIdentifier(request: { terms: Terms; identifier: Identifier }): Promise<OverviewV1 | null> {
  const { terms, identifier } = request;
  const { session } = terms;
  const search = { settings: session.settings, identifier, operation: OPERATION };
  const first = toMatchQuery({ ...search, columns: profileColumns({ settings: session.settings, mode: terms.mode }) });
  const others = besideQueries({ terms, ref: FOUND_REF });
  const subrequests = [
    toQuerySubrequest({ query: first, referenceId: PERSON }),
    ...others.map((query, index) => ({ ...toQuerySubrequest({ query, referenceId: `beside${index}` }), reference: FOUND_REF })),
  ];
  const [found, ...answers] = await sendComposite({ ...terms, subrequests, changes: false });
  const rows = found === undefined ? [] : await readQueryAnswer({ terms, answer: found, absent: "isError" });
  const row = tellMatch({ ...search, rows: rows ?? [] });
  if (row === null) return null;
  const subjectRef = String(row[REF_FIELD]);
  const beside = await readBeside({ terms, answers });
  if (beside === null || !isOfRef({ beside, subjectRef })) return readByRef({ terms, subjectRef });
  return { records: [await toRecord({ terms, subjectRef, row, beside })], custody: null };
}

/** Whether anything that was found is of the ref: where nothing is, nobody knows that the org put the ref in. */
function isOfRef(request: { beside: Beside; subjectRef: string }): boolean {
  const { beside: { states, decisions, flags }, subjectRef } = request;
  return [states, decisions, ...flags].some((rows) => rows?.some((row) => row[SUBJECT_REF_FIELD] === subjectRef || row[REF_FIELD] === subjectRef) === true);
}

/** Null where consent rows or decisions were refused: by which the person may be named for all that is known. */
async function readBeside(request: { terms: Terms; answers: readonly SubrequestAnswer[] }): Promise<Beside | null> {
  const { terms, answers } = request;
  const flagsFrom = terms.session.settings.decisionLog ? 2 : 1;
  if (answers.slice(0, flagsFrom).some(({ status }) => status >= 300)) return null;
  const rows = [];
  for (const answer of answers) rows.push(await readQueryAnswer({ terms, answer, absent: "isNull" }));
  return toBeside({ terms, answers: rows });
}

/** Consent rows, decisions where the brand keeps them, and flags where there are any to be seen. */
function besideQueries(request: { terms: Terms; ref: string }): readonly Soql[] {
  const { terms: { session }, ref } = request;
  const decisions = session.settings.decisionLog ? [toDecisionQuery(ref)] : [];
  return [toStateQuery([ref]), ...decisions, ...optOutQueries({ session, refs: [ref] })];
}

function toBeside(request: { terms: Terms; answers: readonly (readonly SalesforceRow[] | null)[] }): Beside {
  const { terms, answers } = request;
  const [states = null, ...rest] = answers;
  if (!terms.session.settings.decisionLog) return { states, decisions: [], flags: rest };
  const [decisions = null, ...flags] = rest;
  return { states, decisions, flags };
}

/** SOQL ignores letter case: rows of a ref in other letters are somebody else's. */
async function toRecord(request: { terms: Terms; subjectRef: string; row: SalesforceRow | undefined; beside: Beside }): Promise<OverviewRecordV1> {
  const { terms, subjectRef, row, beside } = request;
  const { session } = terms;
  const isOwn = (candidate: SalesforceRow): boolean => candidate[SUBJECT_REF_FIELD] === subjectRef;
  const optOuts = await readOptOuts({ ...terms, refs: [subjectRef], answers: beside.flags });
  const held = { rows: (beside.states ?? []).filter(isOwn), optOuts: optOuts.get(subjectRef) ?? [] };
  return {
    subjectRef,
    profile: row === undefined ? null : toStoredProfile({ row, mode: terms.mode, settings: session.settings }),
    states: toStandingStates({ held, catalogue: session.context(OPERATION).catalogue, operation: OPERATION }),
    decisions: (beside.decisions ?? []).filter(isOwn).map(toStoredDecision),
  };
}
