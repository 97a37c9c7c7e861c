import { foldConsentStates, type ListedPersonV1, type PopulationFacetV1 } from "@volenti/core/adapter";
import { byPurposeThenChannel } from "../consent/read-consent.ts";
import { mergedInto } from "../custody/merge-subjects.ts";
import { rootOf } from "../custody/who-is-who.ts";
import type { MemoryRecords, PersonRow } from "../transport/memory-records.ts";
import type { MemorySession } from "../transport/memory-session.ts";

const PAGE_SIZE = 1000;

/**
 * Lists everybody who is held, those included whom the ledger only reserved: of them there is nothing but identifiers.
 * Whoever was merged is a part of whom they are now, and listed alone only where that person is gone and an attribute is left.
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
    .map((ref) => toListed({ records, ref, merged: mergedInto({ records, subjectRef: ref }).toSorted() }))
    .filter(({ subjectRef, attributes }) => {
      const root = rootOf({ records, subjectRef });
      return root === subjectRef || (!refs.has(root) && Object.keys(attributes).length > 0);
    })
    .slice(0, PAGE_SIZE);
}

/** A person by the ref of now, with what is kept under every ref of theirs. */
function toListed(request: { records: MemoryRecords; ref: string; merged: readonly string[] }): ListedPersonV1 {
  const { records, ref, merged } = request;
  const own = records.people.get(ref);
  const rows = [ref, ...merged].flatMap((each) => records.people.get(each) ?? []);
  const links = [...records.links.values()].filter((link) => link.ref === ref);
  // Of whom the ledger only reserved there is nothing but identifiers.
  const since = rows.length > 0 ? rows.map(({ heldSince }) => heldSince) : links.map(({ linkedAt }) => linkedAt);
  return {
    subjectRef: ref,
    merged,
    country: own?.country ?? null,
    ageBand: own?.ageBand ?? "unknown",
    test: rows.length > 0 ? rows.every(({ test }) => test) : links.every(({ test }) => test),
    heldSince: Math.min(...since),
    states: [...foldConsentStates(rows.flatMap(({ states }) => [...states.values()])).values()].toSorted(byPurposeThenChannel),
    attributes: latestChanges(rows),
  };
}

/** Of the attributes that have a value. */
function latestChanges(rows: readonly PersonRow[]): Readonly<Record<string, number>> {
  const latest = new Map<string, number>();
  for (const [name, { value, changedAt }] of rows.flatMap(({ attributes }) => [...attributes])) {
    if (value !== null) latest.set(name, Math.max(changedAt, latest.get(name) ?? changedAt));
  }
  return Object.fromEntries(latest);
}
