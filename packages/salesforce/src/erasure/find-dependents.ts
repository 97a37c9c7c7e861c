import type { CallTerms } from "../intake/send-composite.ts";
import { chunkValues } from "../profile/chunk-values.ts";
import { queryTogether } from "../profile/query-together.ts";
import { fieldName, soql, type Soql } from "../query/soql.ts";
import { CONSENT_OBJECT, KEY_FIELD, REF_FIELD } from "../schema/names.ts";
import { distinctRecords, textOf, toOrgRecords, type OrgRecord } from "./org-record.ts";

/** What else hangs on an Individual or a profile, and stands in the way of its deletion. */
export interface Dependents {
  /** In the order in which they can be deleted. */
  readonly consents: readonly OrgRecord[];
  readonly contactPoints: readonly OrgRecord[];
  /** Further profile records of the same Individual, which bear no ref. Those of other refs are other people's. */
  readonly profiles: readonly OrgRecord[];
  readonly leads: readonly OrgRecord[];
  readonly users: readonly OrgRecord[];
}

interface Look {
  readonly objectName: string;
  readonly field: string;
  readonly columns?: readonly string[];
}

const CONTACT_POINTS = ["ContactPointEmail", "ContactPointPhone", "ContactPointAddress"];
/** Those that are the children of others first. */
const CONSENT_ORDER = ["CommSubscriptionConsent", "ContactPointConsent", "AuthorizationFormConsent", "PartyConsent", CONSENT_OBJECT];
const IDS_PER_QUERY = 200;

/**
 * Everything that points at these Individuals and profiles. What the user may not see is passed over here: if there is
 * any, the deletion of its parent is refused, and the parent is retained with that reason.
 */
export async function findDependents(
  request: CallTerms & { individualIds: readonly string[]; profileIds: readonly string[] },
): Promise<Dependents> {
  const { individualIds, profileIds, ...terms } = request;
  const { objectName, individual } = terms.session.settings.profile;
  const ofIndividual: Look[] = [
    { objectName: CONSENT_OBJECT, field: "PartyId", columns: [KEY_FIELD] },
    { objectName: "PartyConsent", field: "PartyId" },
    { objectName: "ContactPointConsent", field: "PartyId" },
    { objectName: "CommSubscriptionConsent", field: "PartyId" },
    { objectName, field: `${individual}Id`, columns: [REF_FIELD] },
    { objectName: "Lead", field: "IndividualId" },
    { objectName: "User", field: "IndividualId" },
  ];
  const ofEither: Look[] = [
    ...["AuthorizationFormConsent", "CommSubscriptionConsent"].map((name) => ({ objectName: name, field: "ConsentGiverId" })),
    ...CONTACT_POINTS.map((name) => ({ objectName: name, field: "ParentId" })),
  ];
  const first = await look({ terms, looks: [
    ...ofIndividual.map((each) => ({ ...each, ids: individualIds })),
    ...ofEither.map((each) => ({ ...each, ids: [...individualIds, ...profileIds] })),
  ] });
  const contactPoints = first.filter((record) => CONTACT_POINTS.includes(record.objectName));
  const ofContactPoints = await look({
    terms,
    looks: ["CommSubscriptionConsent", "ContactPointConsent"].map((name) => ({ objectName: name, field: "ContactPointId", ids: contactPoints.map(({ id }) => id) })),
  });
  const all = distinctRecords([...first, ...ofContactPoints]);
  const of = (name: string): readonly OrgRecord[] => all.filter((record) => record.objectName === name);
  return { consents: CONSENT_ORDER.flatMap(of), contactPoints: CONTACT_POINTS.flatMap(of), profiles: of(objectName).filter(({ row }) => textOf(row[REF_FIELD]) === null), leads: of("Lead"), users: of("User") };
}

async function look(request: { terms: CallTerms; looks: readonly (Look & { ids: readonly string[] })[] }): Promise<readonly OrgRecord[]> {
  const { terms, looks } = request;
  const asked = looks.flatMap((each) => chunkValues({ values: each.ids, longestCount: IDS_PER_QUERY }).map((ids) => ({ objectName: each.objectName, query: toSoql({ ...each, ids }) })));
  if (asked.length === 0) return [];
  const answers = await queryTogether({ ...terms, queries: asked.map(({ query }) => query), absent: "isNull" });
  return asked.flatMap(({ objectName }, index) => toOrgRecords({ objectName, rows: answers[index] ?? null }));
}

function toSoql(request: Look & { ids: readonly string[] }): Soql {
  const { objectName, field, columns = [], ids } = request;
  return soql`SELECT ${["Id", ...columns].map(fieldName)} FROM ${fieldName(objectName)} WHERE ${fieldName(field)} IN ${ids}`;
}
