import { GEOCODE_ACCURACY } from "./picklists.ts";

/** The nine fields of an address; `Mailing` and the like go before each name. */
export function addressFields(prefix: string): string {
  return `
    ${prefix}Street textarea 255
    ${prefix}City string 40
    ${prefix}State string 80
    ${prefix}PostalCode string 20
    ${prefix}Country string 80
    ${prefix}Latitude double 18 scale=15
    ${prefix}Longitude double 18 scale=15
    ${prefix}GeocodeAccuracy picklist 40 values=${GEOCODE_ACCURACY}
    ${prefix}Address address readOnly`;
}
