import type { ConnectorV1, OverviewCustodyV1, OverviewRecordV1, OverviewV1, PersonNameV1, StoredDecisionV1 } from "@volenti/core/adapter";
import { requireInstants } from "./require-instants.ts";

/**
 * All that a destination holds of a person: in one call where the connector can, else facet by facet, in two turns. Null only
 * where the destination was reached and holds nobody of that name; rejects as the connector does, and with `malformedResponse`
 * for what is dated by no date.
 */
export async function readOverview(request: { connector: ConnectorV1; name: PersonNameV1 }): Promise<OverviewV1 | null> {
  const overview = await read(request);
  if (overview !== null) requireInstants({ connector: request.connector, overview });
  return overview;
}

async function read(request: { connector: ConnectorV1; name: PersonNameV1 }): Promise<OverviewV1 | null> {
  const { connector, name } = request;
  if (connector.overview !== undefined) return connector.overview.read({ name });
  return "subjectRef" in name ? readByRef({ connector, subjectRef: name.subjectRef }) : readByIdentifier({ connector, name });
}

async function readByIdentifier(request: {
  connector: ConnectorV1;
  name: Extract<PersonNameV1, { identifier: unknown }>;
}): Promise<OverviewV1 | null> {
  const { connector, name } = request;
  const subjectRef = await connector.profiles.find({ identifier: name.identifier });
  if (subjectRef === null) return null;
  const [record, rest] = await Promise.all([readRecord({ connector, subjectRef }), readBeside({ connector, subjectRef })]);
  return { ...rest, records: [record, ...rest.records] };
}

/** A ref that holds nothing is nobody's: others may have been asked for the person by an identifier that is not kept here. */
async function readByRef(request: { connector: ConnectorV1; subjectRef: string }): Promise<OverviewV1 | null> {
  const record = await readRecord(request);
  if (record.profile === null && record.states.length === 0) return null;
  const rest = await readBeside(request);
  return { ...rest, records: [record, ...rest.records] };
}

async function readRecord(request: { connector: ConnectorV1; subjectRef: string }): Promise<OverviewRecordV1> {
  const { connector, subjectRef } = request;
  const [profile, states, decisions] = await Promise.all([
    connector.profiles.get({ subjectRef }),
    connector.consent.listStates({ subjectRef }),
    readHistory(request),
  ]);
  return { subjectRef, profile, states, decisions };
}

async function readHistory(request: { connector: ConnectorV1; subjectRef: string }): Promise<readonly StoredDecisionV1[]> {
  const { connector, subjectRef } = request;
  const decisions: StoredDecisionV1[] = [];
  for await (const decision of connector.consentHistory?.listDecisions({ subjectRef }) ?? []) decisions.push(decision);
  return decisions;
}

async function readBeside(request: { connector: ConnectorV1; subjectRef: string }): Promise<OverviewV1> {
  const { connector, subjectRef } = request;
  const { custody } = connector;
  if (custody === undefined) return { records: [], custody: null };
  const [merged, holds, restriction] = await Promise.all([
    custody.listMerged({ subjectRef }),
    custody.listHolds({ subjectRef }),
    custody.getRestriction({ subjectRef }),
  ]);
  const records = await Promise.all(merged.map((ref) => readRecord({ connector, subjectRef: ref })));
  return { records, custody: { holds, restriction } satisfies OverviewCustodyV1 };
}
