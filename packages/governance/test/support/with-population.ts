import type { ConnectorV1, CustodyFacetV1, HoldV1, ListedPersonV1 } from "@volenti/core/adapter";

/** A connector that lists whom it was given: what its own states and profiles say, and of whom it was told in its writes. */
export function withPopulation(connector: ConnectorV1): ConnectorV1 {
  const written = new Map<string, Pick<ListedPersonV1, "subjectRef" | "country" | "ageBand" | "test">>();
  const list = async function* (): AsyncGenerator<ListedPersonV1, void, undefined> {
    for (const person of [...written.values()].toSorted((left, right) => (left.subjectRef < right.subjectRef ? -1 : 1))) {
      const { subjectRef } = person;
      const [states, profile] = [await connector.consent.listStates({ subjectRef }), await connector.profiles.get({ subjectRef })];
      if (states.length === 0 && profile === null) continue;
      const attributes = Object.fromEntries(Object.entries(profile?.attributes ?? {}).map(([name, { changedAt }]) => [name, changedAt]));
      yield { ...person, heldSince: null, states, attributes };
    }
  };
  return {
    ...connector,
    intake: {
      write: async (batch) => {
        for (const { subject } of batch.items) {
          const { ref: subjectRef, country, ageBand, test } = subject;
          if (!written.has(subjectRef)) written.set(subjectRef, { subjectRef, country, ageBand, test });
        }
        return connector.intake.write(batch);
      },
    },
    population: { listPeople: list },
  };
}

/** Holds and restrictions alone, of a ledger that keeps nothing else of custody. */
export function withHolds(request: { connector: ConnectorV1; holds?: readonly HoldV1[]; isRestricted?: boolean }): ConnectorV1 {
  const { connector, holds = [], isRestricted = false } = request;
  const custody: Partial<CustodyFacetV1> = {
    listHolds: async () => holds,
    listMerged: async () => [],
    recordAccesses: async () => {},
    getRestriction: async () => (isRestricted ? { since: 0, reason: "disputed" } : null),
  };
  return { ...connector, custody: custody as CustodyFacetV1 };
}
