import type { ConnectorV1, StoredProfileV1 } from "@volenti/core/adapter";
import { readDecisionRecord, type ReadRecord } from "./read-decision-record.ts";

/** Where somebody lives: ISO 3166-1 alpha-2 and ISO 3166-2; nulls where nobody knows. */
export interface Place {
  readonly country: string | null;
  readonly subdivision: string | null;
}

export const NOWHERE: Place = { country: null, subdivision: null };

/** A connector, and the refs under which it holds the person. */
export interface Holder {
  readonly connector: ConnectorV1;
  readonly subjectRefs: readonly string[];
}

/** The place that the latest of these decisions was made under; a record names the country, then the subdivision where it was known. */
export function placeOfLatest(records: readonly ReadRecord[]): Place {
  let latest: { readonly place: Place; readonly occurredAt: number } | null = null;
  for (const record of records) {
    const place = readPlace(record.parsed);
    if (place !== null && (latest === null || record.occurredAt > latest.occurredAt)) latest = { place, occurredAt: record.occurredAt };
  }
  return latest?.place ?? NOWHERE;
}

/** The country of the address, the same wherever one is held; none where two differ, since nobody guesses. */
export function placeOfAddress(profiles: readonly (StoredProfileV1 | null)[]): Place {
  const countries = new Set(profiles.flatMap((profile) => readCountry(profile?.attributes["address.country"]?.value) ?? []));
  const [country] = countries;
  return country === undefined || countries.size > 1 ? NOWHERE : { country, subdivision: null };
}

/** By the decisions on record, else by the address; a system that cannot be read is no reason to guess by the others: it rejects. */
export async function findPlace(holders: readonly Holder[]): Promise<Place> {
  const known = placeOfLatest((await Promise.all(holders.map(readRecords))).flat());
  return known.country === null ? placeOfAddress((await Promise.all(holders.map(readProfiles))).flat()) : known;
}

/** The records that one system keeps of a person; none where it keeps no history. Rejects as the connector does. */
export async function readRecords({ connector, subjectRefs }: Holder): Promise<readonly ReadRecord[]> {
  const records: ReadRecord[] = [];
  for (const subjectRef of subjectRefs) {
    for await (const { canonical } of connector.consentHistory?.listDecisions({ subjectRef }) ?? []) {
      const record = readDecisionRecord(canonical);
      if (record !== null) records.push(record);
    }
  }
  return records;
}

/** The profiles that one system holds of a person. Rejects as the connector does. */
export async function readProfiles({ connector, subjectRefs }: Holder): Promise<readonly (StoredProfileV1 | null)[]> {
  return Promise.all(subjectRefs.map((subjectRef) => connector.profiles.get({ subjectRef })));
}

function readPlace(record: unknown): Place | null {
  const jurisdictions: unknown = typeof record === "object" && record !== null ? Reflect.get(record, "jurisdictions") : undefined;
  const [first, subdivision]: unknown[] = Array.isArray(jurisdictions) ? jurisdictions : [];
  const country = readCountry(first);
  return country === null ? null : { country, subdivision: typeof subdivision === "string" ? subdivision : null };
}

function readCountry(value: unknown): string | null {
  return typeof value === "string" && /^[A-Z]{2}$/.test(value) ? value : null;
}
