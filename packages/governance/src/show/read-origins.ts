import { readDecisionRecord } from "../support/read-decision-record.ts";
import type { FoundReading } from "./read-person.ts";

/** What a person was shown when they decided, where, and since when it counts. */
export interface DecisionOrigin {
  readonly notice: { readonly id: string; readonly version: string; readonly locale: string };
  readonly collectionPoint: string;
  readonly purpose: string;
  readonly channel: string | null;
  readonly status: string;
  /** Epoch milliseconds. */
  readonly effectiveAt: number;
}

/** The origins of all decisions that the destinations keep, by decision id. What is no record of that id has none. */
export function readOrigins(readings: readonly FoundReading[]): ReadonlyMap<string, DecisionOrigin> {
  const origins = new Map<string, DecisionOrigin>();
  for (const { decisionId, canonical } of readings.flatMap(({ records }) => records.flatMap(({ decisions }) => decisions))) {
    const record = readDecisionRecord(canonical);
    if (record === null || record.id !== decisionId) continue;
    const { notice: { id, version, locale }, collectionPoint, purpose, channel, status, effectiveAt } = record;
    origins.set(decisionId, { notice: { id, version, locale }, collectionPoint, purpose: purpose.key, channel, status, effectiveAt });
  }
  return origins;
}
