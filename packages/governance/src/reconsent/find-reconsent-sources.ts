import type { Volenti } from "@volenti/core";
import type { ListedPersonV1 } from "@volenti/core/adapter";
import { listedBy, listPeople } from "../support/list-people.ts";

/** A destination whose list is read, and whom of it. */
export interface ReconsentSource {
  readonly id: string;
  readonly list: (signal: AbortSignal | undefined) => AsyncIterable<ListedPersonV1>;
  /** Whether somebody of the list is told of here: a person whom a ledger names is told of there, and of several without one by the first. */
  readonly isTold: (person: Pick<ListedPersonV1, "country">) => boolean;
}

export function findReconsentSources(volenti: Volenti): readonly ReconsentSource[] {
  const listing = [...volenti.destinations.keys()].filter((destinationId) => listedBy({ volenti, destinationId }).kind === "itself");
  return listing.map((id) => ({
    id,
    list: (signal) => listPeople({ volenti, destinationId: id, signal }),
    isTold: ({ country }) => isTold({ volenti, listing, id, country }),
  }));
}

function isTold(request: { volenti: Volenti; listing: readonly string[]; id: string; country: string | null }): boolean {
  const { volenti, listing, id, country } = request;
  if (volenti.destinations.get(id)?.ledger !== undefined) return true;
  const namedBy = volenti.naming.namedBy({ destinationId: id, country });
  if (namedBy.kind === "ledger") return !listing.includes(namedBy.ledgerId);
  if (country === null) return true;
  const first = volenti.routeOf(country).find(({ destinationId }) => listing.includes(destinationId));
  return first === undefined || first.destinationId === id;
}
