import type { Placement, Volenti } from "@volenti/core";
import { isLedger } from "./is-ledger.ts";
import type { PersonPlace } from "./person-place.ts";

const RANKS: Readonly<Record<Placement, number>> = { abroad: 0, inRegion: 1, mustKeepLocal: 2 };

/** Places that are erased at once, and whether they wait until nothing remains in those before them. */
export interface ErasureTurn {
  readonly places: readonly PersonPlace[];
  readonly waits: boolean;
}

/**
 * Copies abroad, then other copies, then what the law wants kept locally, then ledgers in the same order: they alone know
 * by which ref the others hold the person. Where nobody knows the country, copies go together.
 */
export function orderErasure(request: {
  volenti: Pick<Volenti, "placementOf">;
  places: readonly PersonPlace[];
  country: string | null;
}): readonly ErasureTurn[] {
  const { volenti, places, country } = request;
  const rankOf = (place: PersonPlace): number => {
    const placement = country === null ? "inRegion" : volenti.placementOf({ country, destinationId: place.id });
    return RANKS[placement] + (isLedger(place) ? Object.keys(RANKS).length : 0);
  };
  const byRank = Map.groupBy(places, rankOf);
  return [...byRank.keys()]
    .toSorted((left, right) => left - right)
    .map((rank) => ({ places: byRank.get(rank) ?? [], waits: rank >= RANKS.mustKeepLocal }));
}
