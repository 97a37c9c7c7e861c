import type { PersonInDestination } from "../support/find-person.ts";
import { readDecisionRecord } from "../support/read-decision-record.ts";
import type { RightsPlace } from "./rights-request.ts";

export const NOWHERE: RightsPlace = { country: null, subdivision: null };

/**
 * Where a person lives by the decisions on record, which name the place they were made under; the latest counts. Looks at
 * proofs alone, which hold no value that a person gave. A history that cannot be read is passed over: the place is then
 * not known from it, and none is guessed.
 */
export async function findPlaceInHistory(places: readonly PersonInDestination[]): Promise<RightsPlace> {
  const latest = (await Promise.all(places.map(latestPlaceIn))).flat().toSorted((left, right) => right.occurredAt - left.occurredAt)[0];
  return latest?.place ?? NOWHERE;
}

interface PlaceOnRecord {
  readonly place: RightsPlace;
  readonly occurredAt: number;
}

async function latestPlaceIn({ connector, person }: PersonInDestination): Promise<readonly PlaceOnRecord[]> {
  const { consentHistory } = connector;
  if (person.status !== "found" || consentHistory === undefined) return [];
  let latest: PlaceOnRecord | null = null;
  try {
    for await (const { canonical } of consentHistory.listDecisions({ subjectRef: person.subjectRef })) {
      const record = readDecisionRecord(canonical);
      const place = record === null ? null : toPlace(record.parsed);
      if (record === null || place === null || (latest !== null && latest.occurredAt > record.occurredAt)) continue;
      latest = { place, occurredAt: record.occurredAt };
    }
  } catch {
    return [];
  }
  return latest === null ? [] : [latest];
}

/** A record names the country, then the subdivision where it was known. */
function toPlace(record: unknown): RightsPlace | null {
  const jurisdictions: unknown = typeof record === "object" && record !== null ? Reflect.get(record, "jurisdictions") : undefined;
  if (!Array.isArray(jurisdictions)) return null;
  const [country, subdivision] = jurisdictions.filter((name): name is string => typeof name === "string");
  return country === undefined ? null : { country, subdivision: subdivision ?? null };
}

/** Where a person lives by the address that a destination holds, the same in all that hold one. Reads profiles: not before it is known who asks. */
export async function findPlaceInProfiles(places: readonly PersonInDestination[]): Promise<RightsPlace> {
  const countries = await Promise.all(
    places.map(async ({ connector, person }) => {
      if (person.status !== "found") return [];
      const profile = await connector.profiles.get({ subjectRef: person.subjectRef });
      const country = profile?.attributes["address.country"]?.value;
      return typeof country === "string" ? [country] : [];
    }),
  );
  const [country, ...others] = new Set(countries.flat());
  return country === undefined || others.length > 0 ? NOWHERE : { country, subdivision: null };
}
