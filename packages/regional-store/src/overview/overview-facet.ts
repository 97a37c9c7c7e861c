import { ConnectorError, type OverviewFacetV1, type OverviewRecordV1, type RestrictionV1 } from "@volenti/core/adapter";
import { toStoredDecision, type DecisionRow } from "../consent/consent-history-facet.ts";
import { toHold, type HoldRow } from "../custody/holds.ts";
import { CONNECTOR_ID } from "../error/map-postgres-error.ts";
import { digestIdentifiers } from "../ledger/digest-identifiers.ts";
import { toConsentState, type StateRow } from "../ledger/read-ledger-answer.ts";
import { openProfile, type ProfileRow } from "../profile/profiles-facet.ts";
import type { StoreParts } from "../store-parts.ts";
import { STATEMENTS } from "../transport/statements.ts";

const OPERATION = "overview.read";

interface OverviewRow {
  /** Whom the name leads to; nothing else is there unless it is one. */
  readonly refs: readonly string[];
  readonly records?: readonly RecordRow[];
  readonly holds?: readonly HoldRow[] | null;
  readonly restriction?: RestrictionV1 | null;
}

interface RecordRow {
  readonly ref: string;
  readonly profile: ProfileRow;
  readonly states: readonly StateRow[] | null;
  readonly decisions: readonly DecisionRow[] | null;
}

/** All of one person in one statement. Runs as the reader. */
export function createOverview(request: { parts: () => StoreParts }): OverviewFacetV1 {
  return {
    read: async ({ name }) => {
      const parts = request.parts();
      const parameters = "subjectRef" in name ? ["[]", name.subjectRef] : [JSON.stringify(await digestsOf({ parts, name })), null];
      const call = { operation: OPERATION, role: "reader", statement: STATEMENTS.overview, effect: "read" } as const;
      const { refs, records: rows = [], holds, restriction } = (await parts.sessions.run({ ...call, parameters })) as OverviewRow;
      if (refs.length > 1) throw new ConnectorError({ code: "conflict", connectorId: CONNECTOR_ID, operation: OPERATION, recordIds: refs });
      const records = await Promise.all(rows.map((row) => toRecord({ parts, row })));
      // Of somebody erased the proofs are left, and what they prove: nobody is held.
      const isEmpty = records.every(({ profile, states }, index) => rows[index]?.profile.held !== true || (profile === null && states.length === 0));
      if (records.length === 0 || ("subjectRef" in name && isEmpty)) return null;
      return { records, custody: { holds: (holds ?? []).map(toHold), restriction: restriction ?? null } };
    },
  };
}

async function digestsOf(request: {
  parts: StoreParts;
  name: Extract<Parameters<OverviewFacetV1["read"]>[0]["name"], { identifier: unknown }>;
}): Promise<readonly string[]> {
  const { parts: { context, keys }, name } = request;
  const [digests] = await digestIdentifiers({ identifiers: [name.identifier], controllerId: context.controllerId, keys, operation: OPERATION });
  return digests === undefined ? [] : [digests.digest, ...digests.older];
}

async function toRecord(request: { parts: StoreParts; row: RecordRow }): Promise<OverviewRecordV1> {
  const { parts, row: { ref: subjectRef, profile, states, decisions } } = request;
  return {
    subjectRef,
    profile: await openProfile({ subjectRef, row: profile, keyring: parts.context.keyring }),
    states: (states ?? []).map(toConsentState),
    decisions: (decisions ?? []).map(toStoredDecision),
  };
}
