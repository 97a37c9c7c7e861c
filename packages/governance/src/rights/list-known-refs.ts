import type { PersonInDestination } from "../support/find-person.ts";

/**
 * Every ref that stands for the person: those under which the destinations hold them, and those that were merged into
 * these since. Rejects where a ledger cannot be asked.
 */
export async function listKnownRefs(places: readonly PersonInDestination[]): Promise<ReadonlySet<string>> {
  const refs = await Promise.all(
    places.map(async ({ connector, person }) => {
      if (person.status !== "found") return [];
      const { subjectRef } = person;
      return [subjectRef, ...((await connector.custody?.listMerged({ subjectRef })) ?? [])];
    }),
  );
  return new Set(refs.flat());
}
