import {
  ConnectorError,
  type ConnectorContextV1,
  type Identifier,
  type ProfilesFacetV1,
  type StoredProfileV1,
} from "@volenti/core/adapter";
import { PROFILE_KEYS } from "../memory-traits.ts";
import type { MemoryRecords, PersonRow } from "../transport/memory-records.ts";
import { CONNECTOR_ID, type MemorySession } from "../transport/memory-session.ts";
import { matchPeople } from "./match-people.ts";

const FIND = "profiles.find";

/** Reads profiles; finds people by the ledger's links where there is a ledger, else by what their profiles hold. */
export function createProfileReader(request: { session: MemorySession; hasLedger: boolean }): ProfilesFacetV1 {
  const { session, hasLedger } = request;
  return {
    get: ({ subjectRef }) =>
      session.call({
        operation: "profiles.get",
        changes: false,
        about: subjectRef,
        work: async ({ records }) => toStoredProfile(records.people.get(subjectRef)),
      }),
    find: ({ identifier }) =>
      session.call({
        operation: FIND,
        changes: false,
        about: identifier,
        work: ({ records }) => findSubject({ records, identifier, context: session.context(FIND), hasLedger, operation: FIND }),
      }),
  };
}

export function toStoredProfile(person: PersonRow | undefined): StoredProfileV1 | null {
  if (person === undefined || person.attributes.size === 0) return null;
  const present = [...person.attributes].filter(([, { value }]) => value !== null);
  return {
    subjectRef: person.ref,
    attributes: Object.fromEntries(present.map(([name, { value, changedAt }]) => [name, { value, changedAt }])),
  };
}

/** The ref of the one person whom an identifier names; null for nobody. Several are a `conflict`. */
export async function findSubject(request: {
  records: MemoryRecords;
  identifier: Identifier;
  context: ConnectorContextV1;
  hasLedger: boolean;
  operation: string;
}): Promise<string | null> {
  const { records, identifier, context, hasLedger, operation } = request;
  // "Nobody" would be a guess about a kind that no profile holds.
  if (!hasLedger && !PROFILE_KEYS.includes(identifier.kind)) {
    throw new ConnectorError({ code: "unsupported", connectorId: CONNECTOR_ID, operation });
  }
  const matches = await matchPeople({ records, identifiers: [identifier], context, operation, hasLedger });
  if (matches.length > 1) throw new ConnectorError({ code: "conflict", connectorId: CONNECTOR_ID, operation, recordIds: matches });
  return matches[0] ?? null;
}
