import type { ListedPersonV1, PopulationFacetV1 } from "@volenti/core/adapter";
import { byPurposeThenChannel } from "../consent/read-consent.ts";
import type { MemoryRecords, PersonRow } from "../transport/memory-records.ts";
import type { MemorySession } from "../transport/memory-session.ts";

const PAGE_SIZE = 1000;

/**
 * Lists everybody who is held, those included whom the ledger only reserved: of them there is nothing but identifiers.
 * Whose identifiers were given to somebody else is listed only while an attribute of theirs is left.
 */
export function createPopulation(session: MemorySession): PopulationFacetV1 {
  return {
    async *listPeople({ after = "", signal }) {
      for (let last: string | undefined = after; last !== undefined; ) {
        const behind: string = last;
        const page = await session.call({
          operation: "population.listPeople",
          changes: false,
          about: null,
          signal,
          work: async ({ records }) => listPage({ records, after: behind }),
        });
        yield* page;
        last = page.at(-1)?.subjectRef;
      }
    },
  };
}

function listPage(request: { records: MemoryRecords; after: string }): readonly ListedPersonV1[] {
  const { records, after } = request;
  const refs = new Set([...records.people.keys(), ...[...records.links.values()].map(({ ref }) => ref)]);
  return [...refs]
    .filter((ref) => ref > after)
    .toSorted()
    .map((ref) => toListed({ records, ref }))
    .filter(({ subjectRef, attributes }) => !records.merges.has(subjectRef) || Object.keys(attributes).length > 0)
    .slice(0, PAGE_SIZE);
}

function toListed(request: { records: MemoryRecords; ref: string }): ListedPersonV1 {
  const { records, ref } = request;
  const person = records.people.get(ref);
  return person === undefined ? toReserved(request) : toWritten(person);
}

function toWritten({ ref, country, ageBand, test, heldSince, states, attributes }: PersonRow): ListedPersonV1 {
  const present = [...attributes].filter(([, { value }]) => value !== null).map(([name, { changedAt }]) => [name, changedAt] as const);
  return {
    subjectRef: ref,
    country,
    ageBand,
    test,
    heldSince,
    states: [...states.values()].toSorted(byPurposeThenChannel),
    attributes: Object.fromEntries(present),
  };
}

function toReserved(request: { records: MemoryRecords; ref: string }): ListedPersonV1 {
  const links = [...request.records.links.values()].filter(({ ref }) => ref === request.ref);
  return {
    subjectRef: request.ref,
    country: null,
    ageBand: "unknown",
    test: links.every(({ test }) => test),
    heldSince: Math.min(...links.map(({ linkedAt }) => linkedAt)),
    states: [],
    attributes: {},
  };
}
