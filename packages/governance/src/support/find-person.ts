import type { Volenti } from "@volenti/core";
import type { ConnectorV1, Identifier } from "@volenti/core/adapter";
import { failureCode } from "./failure-code.ts";
import { groupRefs } from "./group-refs.ts";
import { refsOf } from "./refs-of.ts";

/**
 * Whether a destination holds a person. `conflict`: several people match, and none is picked. `unlinked`: somebody is held who
 * bears no ref of ours: nothing of them can be read or erased before they are linked.
 */
export type FoundPerson =
  | { readonly status: "found"; readonly subjectRef: string }
  | { readonly status: "notFound" }
  | { readonly status: "conflict" }
  | { readonly status: "unlinked" }
  | { readonly status: "unreachable"; readonly code: string };

/** A destination, and whether it holds the person. */
export interface PersonInDestination {
  readonly id: string;
  readonly connector: ConnectorV1;
  readonly person: FoundPerson;
}

/**
 * Looks for a person in every destination, in the order of the configuration; never rejects. A destination that does
 * not store the identifier (it was sent for matching only), or cannot search by its kind, is asked again by the refs
 * under which the others hold the person, since a ref is the same everywhere.
 */
export async function findPerson(request: {
  volenti: Volenti;
  identifier: Identifier;
}): Promise<readonly PersonInDestination[]> {
  const { volenti, identifier } = request;
  const first = await Promise.all(
    [...volenti.destinations].map(async ([id, connector]): Promise<PersonInDestination> => {
      const person = await settle(() => volenti.findSubject({ destinationId: id, identifier }));
      return { id, connector, person: isUnsupported(person) ? await askWhole({ connector, identifier, person }) : person };
    }),
  );
  const refs = new Set(first.flatMap(({ person }) => (person.status === "found" ? [person.subjectRef] : [])));
  // Without a ref there is nothing to ask by: a destination that cannot search stays one that cannot tell.
  if (refs.size === 0) return first;
  try {
    const people = await groupPeople({ places: first, refs });
    return await Promise.all(
      first.map(async (place) => (isUnanswered(place.person) ? { ...place, person: besideRefs({ first: place.person, byRefs: await findByRefs({ connector: place.connector, people }) }) } : place)),
    );
  } catch (error) {
    const person = { status: "unreachable", code: failureCode(error) } as const;
    return first.map((place) => (isUnanswered(place.person) ? { ...place, person } : place));
  }
}

/** The refs a person, each with whom they are by now first, by what the ledgers that hold them know of merges. */
async function groupPeople(request: { places: readonly PersonInDestination[]; refs: ReadonlySet<string> }): Promise<readonly (readonly string[])[]> {
  const { places, refs } = request;
  const subjectRefs = [...refs];
  if (subjectRefs.length === 1) return [subjectRefs];
  const ledgers = places.flatMap(({ connector: { custody }, person }) => (custody !== undefined && person.status === "found" ? [custody] : []));
  const merged = (await Promise.all(ledgers.map((custody) => custody.listMergedPeople({ subjectRefs })))).flat();
  return groupRefs([...merged.map((person) => refsOf(person)), ...subjectRefs.map((ref) => [ref])]).map((group) => [...group]);
}

/** Those that hold the person, and by which ref. */
export function toHolders(places: readonly PersonInDestination[]): readonly { readonly connector: ConnectorV1; readonly subjectRefs: readonly string[] }[] {
  return places.flatMap(({ connector, person }) => (person.status === "found" ? [{ connector, subjectRefs: [person.subjectRef] }] : []));
}

function isUnanswered(person: FoundPerson): boolean {
  return person.status === "notFound" || person.status === "unlinked" || isUnsupported(person);
}

/** Somebody who is not linked stays held, whatever is found by refs: together with the person they are two records. */
function besideRefs(request: { first: FoundPerson; byRefs: FoundPerson }): FoundPerson {
  const { first, byRefs } = request;
  if (first.status !== "unlinked") return byRefs;
  return byRefs.status === "found" ? { status: "conflict" } : byRefs.status === "notFound" ? first : byRefs;
}

function isUnsupported(person: FoundPerson): boolean {
  return person.status === "unreachable" && person.code === "unsupported";
}

/** Who cannot say whose an identifier is may still say that it is nobody's: by its look at all of a person. */
async function askWhole(request: { connector: ConnectorV1; identifier: Identifier; person: FoundPerson }): Promise<FoundPerson> {
  const { connector: { overview }, identifier, person } = request;
  if (overview === undefined) return person;
  return settle(async () => (await overview.read({ name: { identifier } }))?.records[0]?.subjectRef ?? null);
}

async function findByRefs(request: { connector: ConnectorV1; people: readonly (readonly string[])[] }): Promise<FoundPerson> {
  const { connector, people } = request;
  let found: FoundPerson = { status: "notFound" };
  for (const refs of people) {
    const answer = await findByAnyRef({ connector, refs });
    if (answer.status === "notFound") continue;
    if (answer.status !== "found") return answer;
    if (found.status === "found") return { status: "conflict" };
    found = answer;
  }
  return found;
}

/** By the first of a person's refs under which a destination holds them; never rejects. */
export async function findByAnyRef(request: { connector: ConnectorV1; refs: readonly string[] }): Promise<FoundPerson> {
  const { connector, refs } = request;
  for (const subjectRef of refs) {
    const answer = await settle(async () => ((await holds({ connector, subjectRef })) ? subjectRef : null));
    if (answer.status !== "notFound") return answer;
  }
  return { status: "notFound" };
}

async function holds(request: { connector: ConnectorV1; subjectRef: string }): Promise<boolean> {
  const { connector, subjectRef } = request;
  if ((await connector.profiles.get({ subjectRef })) !== null) return true;
  return (await connector.consent.listStates({ subjectRef })).length > 0;
}

async function settle(find: () => Promise<string | null>): Promise<FoundPerson> {
  try {
    const subjectRef = await find();
    return subjectRef === null ? { status: "notFound" } : { status: "found", subjectRef };
  } catch (error) {
    const code = failureCode(error);
    return code === "conflict" || code === "unlinked" ? { status: code } : { status: "unreachable", code };
  }
}
