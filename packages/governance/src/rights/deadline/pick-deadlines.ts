import { isEeaMember, type RightsDeadline, type RightsKind } from "@volenti/jurisdictions";
import type { Place } from "../../support/find-place.ts";

/**
 * The rows that set a period for a kind of request in a place: those of the most specific place that has any (a
 * subdivision before its country, the country before its region), and of these the ones that name the kind before those
 * for every kind. Empty where no law of ours sets one.
 */
export function pickDeadlines(request: {
  rows: readonly RightsDeadline[];
  place: Place;
  kind: RightsKind;
}): readonly RightsDeadline[] {
  const { rows, place, kind } = request;
  for (const name of namesOf(place)) {
    const here = rows.filter(({ places, rights }) => places.includes(name) && (rights === "all" || rights.includes(kind)));
    const ofKind = here.filter(({ rights }) => rights !== "all");
    if (here.length > 0) return ofKind.length > 0 ? ofKind : here;
  }
  return [];
}

function namesOf({ country, subdivision }: Place): readonly string[] {
  if (country === null) return [];
  return [...(subdivision === null ? [] : [subdivision]), country, ...(isEeaMember(country) ? ["EU"] : [])];
}
