import type { AgeBand, ListedPersonV1, PopulationFacetV1 } from "@volenti/core/adapter";
import { toConsentState, type StateRow } from "../ledger/read-ledger-answer.ts";
import type { StoreParts } from "../store-parts.ts";
import { STATEMENTS } from "../transport/statements.ts";

type PersonRow = readonly [
  subjectRef: string,
  country: string | null,
  ageBand: AgeBand | null,
  test: boolean,
  heldSince: number,
  states: readonly StateRow[] | null,
  attributes: readonly (readonly [name: string, changedAt: number])[] | null,
  merged: readonly string[] | null,
];

/**
 * Lists everybody who is held, a page of 1,000 at a time along the primary key, those included whom the ledger only
 * reserved: of them there is nothing but identifiers. Whoever was merged is a part of whom they are now. Runs as the reader.
 */
export function createPopulation(request: { parts: () => StoreParts }): PopulationFacetV1 {
  return {
    listPeople: async function* ({ after = "", signal }) {
      let last: string | undefined = after;
      while (last !== undefined) {
        const page = (await request.parts().sessions.run({
          operation: "population.listPeople",
          role: "reader",
          statement: STATEMENTS.listPeople,
          parameters: [last],
          effect: "read",
          signal,
        })) as readonly PersonRow[];
        for (const row of page) yield toListed(row);
        last = page.at(-1)?.[0];
      }
    },
  };
}

function toListed([subjectRef, country, ageBand, test, heldSince, states, attributes, merged]: PersonRow): ListedPersonV1 {
  return {
    subjectRef,
    merged: merged ?? [],
    country,
    // Nobody asked a person who was only reserved.
    ageBand: ageBand ?? "unknown",
    test,
    heldSince,
    states: (states ?? []).map(toConsentState),
    attributes: Object.fromEntries(attributes ?? []),
  };
}
