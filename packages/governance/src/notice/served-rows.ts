import { readRegimes, type GoverningRegimeRow, type RegimesConfiguration, type Volenti } from "@volenti/core";

/** A row that holds somewhere that is served. */
export interface ServedRow extends GoverningRegimeRow {
  /** The row's places that a route leads from. */
  readonly served: readonly string[];
}

/** The rows of a regime that hold for people of countries with a route; those that the brand reads as not holding are passed over. */
export function listServedRows(request: { volenti: Volenti; regimes: RegimesConfiguration }): readonly ServedRow[] {
  const { volenti, regimes } = request;
  return readRegimes(regimes).flatMap((row): ServedRow[] => {
    const served = row.row.places.filter((place) => countriesOf({ regimes, place }).some((country) => volenti.routeOf(country).length > 0));
    return row.applies && served.length > 0 ? [{ ...row, served }] : [];
  });
}

/** The countries of a place: a region's members, the country of a subdivision. */
export function countriesOf(request: { regimes: RegimesConfiguration; place: string }): readonly string[] {
  const { regimes, place } = request;
  return regimes.rules.regions[place] ?? [place.split("-")[0] ?? place];
}
