import { ConnectorError, type Volenti } from "@volenti/core";
import type { ConnectorV1, ListedPersonV1 } from "@volenti/core/adapter";
import { foldMergedPeople } from "./fold-merged-people.ts";
import { inPages } from "./in-pages.ts";
import { listLinkedPeople } from "./list-linked-people.ts";
import { readStatesOf } from "./read-states-of.ts";
import { refsOf } from "./refs-of.ts";

const PEOPLE_A_PAGE = 200;

/**
 * Who can say whom a destination holds.
 * - `itself`: its own list, or the customers that it lists under our refs
 * - `byLedger`: the ledger that names all of its people
 * - `partlyByLedger`: ledgers that name some of them; of the others nobody can tell
 * - `unsupported`: nobody
 */
export type ListedBy =
  | { readonly kind: "itself" }
  | { readonly kind: "unsupported" }
  | { readonly kind: "byLedger" | "partlyByLedger"; readonly ledgerIds: readonly string[] };

export function listedBy(request: { volenti: Volenti; destinationId: string }): ListedBy {
  const { volenti, destinationId } = request;
  const connector = volenti.destinations.get(destinationId);
  if (connector?.population !== undefined) return { kind: "itself" };
  const ledgerIds = [...volenti.destinations].flatMap(([id, { ledger, population }]) => (ledger === undefined || population === undefined ? [] : [id]));
  const namedBy = volenti.naming.namedBy({ destinationId, country: null });
  if (namedBy.kind === "ledger" && ledgerIds.includes(namedBy.ledgerId)) return { kind: "byLedger", ledgerIds: [namedBy.ledgerId] };
  if (connector?.linking !== undefined) return { kind: "itself" };
  if (namedBy.kind === "dependsOnCountry" && ledgerIds.length > 0) return { kind: "partlyByLedger", ledgerIds };
  return { kind: "unsupported" };
}

/**
 * Everybody whom a destination holds, by whoever can say it; of somebody whom a ledger names the attributes are those of
 * the ledger. Streams a page at a time; rejects where a list breaks off, and with `unsupported` where nobody can say.
 */
export async function* listPeople(request: {
  volenti: Volenti;
  destinationId: string;
  signal: AbortSignal | undefined;
}): AsyncGenerator<ListedPersonV1, void, undefined> {
  const { volenti, destinationId, signal } = request;
  const by = listedBy(request);
  const connector = volenti.destinations.get(destinationId);
  if (by.kind === "unsupported" || connector === undefined) {
    throw new ConnectorError({ code: "unsupported", connectorId: connector?.connectorId ?? "governance", operation: "listPeople" });
  }
  if (by.kind === "itself") {
    yield* foldMergedPeople({ ...request, people: connector.population?.listPeople({ signal }) ?? listLinkedPeople(request) });
    return;
  }
  for (const ledgerId of by.ledgerIds) {
    const population = volenti.destinations.get(ledgerId)?.population;
    if (population === undefined) continue;
    const pages = inPages({ items: population.listPeople({ signal }), size: PEOPLE_A_PAGE });
    for await (const people of pages) yield* await whoIsHeld({ ...request, people });
  }
}

/** Which of these people a destination holds, under any ref: who has a state there, or, since some decided nothing, a profile. */
async function whoIsHeld(request: {
  volenti: Volenti;
  destinationId: string;
  signal: AbortSignal | undefined;
  people: readonly ListedPersonV1[];
}): Promise<readonly ListedPersonV1[]> {
  const { volenti, destinationId, signal, people } = request;
  const states = await readStatesOf({ volenti, destinationId, signal, subjectRefs: people.flatMap(refsOf) });
  const held = await Promise.all(
    people.map(async (person) => {
      const refs = refsOf(person);
      if (refs.some((ref) => (states.get(ref) ?? []).length > 0)) return true;
      for (const subjectRef of refs) {
        const attempt = ({ profiles }: ConnectorV1): ReturnType<typeof profiles.get> => profiles.get({ subjectRef });
        if ((await volenti.naming.call({ destinationId, operation: "listPeople", attempt, signal })) !== null) return true;
      }
      return false;
    }),
  );
  return people.filter((_, index) => held[index] === true);
}
