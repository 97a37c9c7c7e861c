import type { Volenti } from "@volenti/core";
import { foldConsentStates, type ConnectorV1, type ListedPersonV1, type StoredProfileV1 } from "@volenti/core/adapter";
import { groupRefs } from "./group-refs.ts";
import { inPages } from "./in-pages.ts";
import { readStatesOf } from "./read-states-of.ts";

const PEOPLE_A_PAGE = 200;

interface Listing {
  readonly volenti: Volenti;
  readonly destinationId: string;
  readonly signal: AbortSignal | undefined;
}

/** The refs of one person, and those of them that others were merged into. */
interface Group {
  readonly refs: ReadonlySet<string>;
  readonly roots: ReadonlySet<string>;
}

/**
 * Makes one of people whom a system lists under several refs, by what ledgers know of merges: a call a ledger and page, and
 * more only of those who were merged. Listed is the ref of now where the system holds it, else the first that it holds.
 * A system that is a ledger itself knows. Keeps the order; rejects where a ledger cannot be asked.
 */
export async function* foldMergedPeople(listing: Listing & { people: AsyncIterable<ListedPersonV1> }): AsyncGenerator<ListedPersonV1, void, undefined> {
  const { volenti, destinationId, people } = listing;
  const ledgerIds = [...volenti.destinations].flatMap(([id, { custody }]) => (custody === undefined || id === destinationId ? [] : [id]));
  if (ledgerIds.length === 0 || volenti.destinations.get(destinationId)?.custody !== undefined) {
    yield* people;
    return;
  }
  for await (const page of inPages({ items: people, size: PEOPLE_A_PAGE })) {
    const groups = await listGroups({ ...listing, ledgerIds, page });
    for (const person of page) {
      const group = groups.get(person.subjectRef);
      const folded = group === undefined ? person : await foldPerson({ ...listing, person, group });
      if (folded !== null) yield folded;
    }
  }
}

/** By each of their refs. */
async function listGroups(request: Listing & { ledgerIds: readonly string[]; page: readonly ListedPersonV1[] }): Promise<ReadonlyMap<string, Group>> {
  const { volenti, ledgerIds, page, signal } = request;
  const subjectRefs = page.map(({ subjectRef }) => subjectRef);
  const attempt = async ({ custody }: ConnectorV1) => (await custody?.listMergedPeople({ subjectRefs })) ?? [];
  const answers = await Promise.all(ledgerIds.map((destinationId) => volenti.naming.call({ destinationId, operation: "listPeople", attempt, signal })));
  const people = answers.flat();
  const roots = new Set(people.map(({ subjectRef }) => subjectRef));
  const groups = groupRefs(people.map(({ subjectRef, merged }) => [subjectRef, ...merged]));
  return new Map(groups.flatMap((refs) => [...refs].map((ref) => [ref, { refs, roots }] as const)));
}

/** Null where another ref of the person is the one to be listed. */
async function foldPerson(request: Listing & { person: ListedPersonV1; group: Group }): Promise<ListedPersonV1 | null> {
  const { volenti, destinationId, signal, person, group } = request;
  const merged = [...group.refs].filter((ref) => ref !== person.subjectRef).toSorted();
  const [states, profiles] = await Promise.all([readStatesOf({ volenti, destinationId, signal, subjectRefs: merged }), readProfiles({ ...request, merged })]);
  const held = merged.filter((ref) => (states.get(ref) ?? []).length > 0 || profiles.has(ref));
  if (pickLeader({ held: [person.subjectRef, ...held], roots: group.roots }) !== person.subjectRef) return null;
  return {
    ...person,
    merged,
    states: [...foldConsentStates([...person.states, ...[...states.values()].flat()]).values()],
    attributes: latestChanges([person.attributes, ...[...profiles.values()].map(changesOf)]),
  };
}

async function readProfiles(request: Listing & { merged: readonly string[] }): Promise<ReadonlyMap<string, StoredProfileV1>> {
  const { volenti, destinationId, signal, merged } = request;
  const profiles = new Map<string, StoredProfileV1>();
  for (const subjectRef of merged) {
    const attempt = ({ profiles: reader }: ConnectorV1): ReturnType<typeof reader.get> => reader.get({ subjectRef });
    const profile = await volenti.naming.call({ destinationId, operation: "listPeople", attempt, signal });
    if (profile !== null) profiles.set(subjectRef, profile);
  }
  return profiles;
}

function pickLeader(request: { held: readonly string[]; roots: ReadonlySet<string> }): string | undefined {
  const held = request.held.toSorted();
  return held.find((ref) => request.roots.has(ref)) ?? held[0];
}

function changesOf({ attributes }: StoredProfileV1): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(attributes).map(([name, { changedAt }]) => [name, changedAt]));
}

function latestChanges(lists: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>> {
  const latest: Record<string, number> = {};
  for (const [name, changedAt] of lists.flatMap((changes) => Object.entries(changes))) latest[name] = Math.max(changedAt, latest[name] ?? changedAt);
  return latest;
}
