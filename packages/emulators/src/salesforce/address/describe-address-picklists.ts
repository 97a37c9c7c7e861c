import { countries } from "./countries.ts";
import { countriesWithStates, statesOf } from "./states.ts";

interface PicklistEntry {
  readonly value: string;
  readonly label: string;
  readonly active: true;
  readonly defaultValue: false;
  /** Base64 of bits, the first for the first value of the controlling picklist. Null: not controlled. */
  readonly validFor: string | null;
}

export function describeCountries(): readonly PicklistEntry[] {
  return [...countries].map(([value, label]) => ({ value, label, active: true, defaultValue: false, validFor: null }));
}

/** One entry for each state of each country, as describes have it: a code may come several times. */
export function describeStates(): readonly PicklistEntry[] {
  const order = [...countries.keys()];
  return countriesWithStates.flatMap((country) => {
    const validFor = bitAt({ index: order.indexOf(country), count: order.length });
    return [...statesOf(country)].map(([value, label]): PicklistEntry => ({ value, label, active: true, defaultValue: false, validFor }));
  });
}

function bitAt(request: { index: number; count: number }): string {
  const bytes = Buffer.alloc(Math.ceil(request.count / 8));
  bytes[request.index >> 3] = 0x80 >> (request.index & 7);
  return bytes.toString("base64");
}
