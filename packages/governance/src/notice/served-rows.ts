import { placesOf, readRegimes, type GoverningRegimeRow, type RegimesConfiguration, type Volenti } from "@volenti/core";

/** A row that holds somewhere that is served. */
export interface ServedRow extends GoverningRegimeRow {
  /** The row's places that a route leads from. */
  readonly served: readonly string[];
  /** Of each country and subdivision that is served: every name under which a rule may speak of its people. */
  readonly people: readonly (readonly string[])[];
}

/** The rows of a regime that hold for people of countries with a route; those that the brand reads as not holding are passed over. */
export function listServedRows(request: { volenti: Volenti; regimes: RegimesConfiguration }): readonly ServedRow[] {
  const { volenti, regimes } = request;
  const { regions } = regimes.rules;
  return readRegimes(regimes).flatMap((row): ServedRow[] => {
    const found = row.row.places.map((place) => ({
      place,
      countries: countriesOf({ regimes, place }).filter((country) => volenti.routeOf(country).length > 0),
    }));
    const served = found.filter(({ countries }) => countries.length > 0);
    const people = served.flatMap(({ place, countries }) =>
      countries.map((country) => placesOf({ jurisdictions: place.startsWith(`${country}-`) ? [country, place] : [country], regions })),
    );
    return row.applies && served.length > 0 ? [{ ...row, served: served.map(({ place }) => place), people }] : [];
  });
}

/** The countries of a place: a region's members, the country of a subdivision. */
export function countriesOf(request: { regimes: RegimesConfiguration; place: string }): readonly string[] {
  const { regimes, place } = request;
  return regimes.rules.regions[place] ?? [place.split("-")[0] ?? place];
}
