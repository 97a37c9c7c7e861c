import type { Volenti } from "@volenti/core";

/** Where a ledger says that a person lives, ISO 3166-1 alpha-2; null where it does not tell. Rejects as the ledger does. */
export async function findCountry(request: {
  volenti: Pick<Volenti, "destinations">;
  ledger: { readonly id: string; readonly into: string } | undefined;
}): Promise<string | null> {
  const { volenti, ledger } = request;
  if (ledger === undefined) return null;
  // The list goes on behind a ref: the place just before one is its own beginning.
  const beginning = ledger.into.slice(0, -1);
  for await (const person of volenti.destinations.get(ledger.id)?.population?.listPeople({ after: beginning }) ?? []) {
    if (person.subjectRef === ledger.into) return person.country;
    if (!person.subjectRef.startsWith(beginning)) return null;
  }
  return null;
}
