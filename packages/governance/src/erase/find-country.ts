import { readDecisionRecord } from "../support/read-decision-record.ts";
import type { PersonPlace } from "./person-place.ts";

/** ISO 3166-1 alpha-2: the first jurisdiction of the person's latest decision, else their address; null where nobody tells. */
export async function findCountry(request: { places: readonly PersonPlace[] }): Promise<string | null> {
  let latest: { readonly country: string; readonly at: number } | null = null;
  for (const { connector, subjectRefs } of request.places) {
    if (connector.consentHistory === undefined) continue;
    for (const subjectRef of subjectRefs) {
      for await (const { canonical } of connector.consentHistory.listDecisions({ subjectRef })) {
        const found = readJurisdiction(canonical);
        if (found !== null && (latest === null || found.at > latest.at)) latest = found;
      }
    }
  }
  return latest?.country ?? (await readAddress(request));
}

function readJurisdiction(canonical: string): { readonly country: string; readonly at: number } | null {
  const record = readDecisionRecord(canonical);
  if (record === null) return null;
  const { jurisdictions } = record.parsed as { jurisdictions?: unknown };
  const [country]: unknown[] = Array.isArray(jurisdictions) ? jurisdictions : [];
  return isCountry(country) ? { country, at: record.occurredAt } : null;
}

async function readAddress({ places }: { places: readonly PersonPlace[] }): Promise<string | null> {
  for (const { connector, subjectRefs } of places) {
    for (const subjectRef of subjectRefs) {
      const country = (await connector.profiles.get({ subjectRef }))?.attributes["address.country"]?.value;
      if (isCountry(country)) return country;
    }
  }
  return null;
}

function isCountry(value: unknown): value is string {
  return typeof value === "string" && /^[A-Z]{2}$/.test(value);
}
