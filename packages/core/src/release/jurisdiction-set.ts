import { FALSE, TRUE, UNKNOWN, type TriState } from "./tri-state.ts";

/** A list of jurisdictions, ready to be asked whether a person is in it. */
export interface JurisdictionSet {
  contains(place: { readonly country: string | null; readonly subdivision: string | null }): TriState;
}

export function createJurisdictionSet(request: {
  jurisdictions: readonly string[];
  regions: Readonly<Record<string, readonly string[]>>;
}): JurisdictionSet {
  const { jurisdictions, regions } = request;
  const subdivisions = new Set(jurisdictions.filter((name) => name.includes("-")));
  const divided = new Set([...subdivisions].map((name) => name.slice(0, 2)));
  const countries = new Set(jurisdictions.flatMap((name) => (subdivisions.has(name) ? [] : [name, ...(regions[name] ?? [])])));
  return {
    contains: ({ country, subdivision }) => {
      if (country === null) return UNKNOWN;
      if (countries.has(country)) return TRUE;
      if (subdivision === null) return divided.has(country) ? UNKNOWN : FALSE;
      return subdivisions.has(subdivision) ? TRUE : FALSE;
    },
  };
}
