import { ANY_CHANNEL, type Catalogue } from "@volenti/core/adapter";
import { mergeConsents, toDestinationStates } from "../show/merge-consents.ts";
import type { PersonReading } from "../show/read-person.ts";

/** A purpose and channel that somebody refuses; `*` for all channels. */
export interface Refusal {
  readonly purpose: string;
  readonly channel: string;
}

/** What any of several people refuses now, over all destinations; a refusal of every channel stands for each of them. */
export function listRefusals(request: {
  catalogue: Catalogue;
  people: readonly (readonly PersonReading[])[];
  now: number;
}): readonly Refusal[] {
  const { catalogue, people, now } = request;
  const refused = new Map<string, Refusal>();
  for (const readings of people) {
    const destinations = readings
      .filter((reading) => reading.status === "found")
      .map(({ id, connector, records }) => toDestinationStates({ id, traits: connector.traits, states: records.flatMap(({ states }) => states) }));
    for (const { purpose, channel, answer } of mergeConsents({ catalogue, destinations, origins: new Map(), now })) {
      if (answer === "refused" && isCollected({ catalogue, purpose, channel })) refused.set(`${purpose} ${channel}`, { purpose, channel });
    }
  }
  const wholly = new Set([...refused.values()].filter(({ channel }) => channel === ANY_CHANNEL).map(({ purpose }) => purpose));
  return [...refused.values()].filter(({ purpose, channel }) => channel === ANY_CHANNEL || !wholly.has(purpose));
}

/** A purpose or channel that the configuration no longer has permits nothing, and no submission could name it. */
function isCollected(request: Refusal & { catalogue: Catalogue }): boolean {
  const { catalogue, purpose, channel } = request;
  const current = catalogue.purposes.find((candidate) => candidate.key === purpose && candidate.current);
  return current !== undefined && (channel === ANY_CHANNEL || current.channels.includes(channel));
}
