import { AGE_BANDS, type AgeBand } from "@volenti/core/adapter";
import type { AttributeDescription, Volenti } from "@volenti/core";
import type { AffectedPerson, BreachJurisdiction, BreachPack } from "./breach-pack.ts";
import { dateDuties } from "./date-duties.ts";

/** Counts affected people by what a notification asks for. */
export interface BreachTally {
  add(person: AffectedPerson): void;
  read(discoveredAt: number): Pick<BreachPack, "people" | "attributes" | "ageBands" | "jurisdictions">;
}

/** An attribute that the configuration no longer knows is told as one of which nothing is declared. */
const UNKNOWN: AttributeDescription = { category: "brand", sensitivity: "undeclared" };

export function createBreachTally(volenti: Volenti): BreachTally {
  let people = 0;
  const attributes = new Map<string, number>();
  const countries = new Map<string | null, number>();
  const ageBands = new Map<AgeBand, number>();
  return {
    add: (person) => {
      people += 1;
      increment({ map: countries, key: person.country });
      increment({ map: ageBands, key: person.ageBand });
      for (const attribute of person.attributes) increment({ map: attributes, key: attribute });
    },
    read: (discoveredAt) => ({
      people,
      attributes: [...attributes]
        .map(([attribute, count]) => ({ attribute, people: count, ...(volenti.attributes.get(attribute) ?? UNKNOWN) }))
        .toSorted((left, right) => right.people - left.people || (left.attribute < right.attribute ? -1 : 1)),
      ageBands: Object.fromEntries(AGE_BANDS.map((band) => [band, ageBands.get(band) ?? 0])) as Record<AgeBand, number>,
      jurisdictions: toJurisdictions({ countries, home: volenti.controller.country, discoveredAt }),
    }),
  };
}

/** The controller's own country first, whose law applies wherever people live; then the countries with the most people. */
function toJurisdictions(request: {
  countries: ReadonlyMap<string | null, number>;
  home: string;
  discoveredAt: number;
}): readonly BreachJurisdiction[] {
  const { countries, home, discoveredAt } = request;
  const rows = new Map<string | null, number>([[home, 0], ...countries]);
  return [...rows]
    .map(([country, people]) => ({
      country,
      people,
      isController: country === home,
      duties: country === null ? [] : dateDuties({ country, discoveredAt }),
    }))
    .toSorted((left, right) => Number(right.isController) - Number(left.isController) || right.people - left.people);
}

function increment<Key>(request: { map: Map<Key, number>; key: Key }): void {
  const { map, key } = request;
  map.set(key, (map.get(key) ?? 0) + 1);
}
