import type { ObjectSchema, OrgSchema } from "../schema/org-schema.ts";
import { parseField } from "../schema/parse-object.ts";
import { countries } from "./countries.ts";
import { countriesWithStates, statesOf } from "./states.ts";

/** Gives each address of the org its code fields, as the switch for state and country picklists does. */
export function addAddressPicklists(schema: OrgSchema): void {
  for (const object of schema.objects.values()) {
    for (const prefix of addressPrefixes(object)) {
      const countryCode = parseField(`${prefix}CountryCode picklist 10 open`);
      countryCode.picklist = [...countries.keys()];
      const stateCode = parseField(`${prefix}StateCode picklist 10 open`);
      stateCode.picklist = [...new Set(countriesWithStates.flatMap((code) => [...statesOf(code).keys()]))];
      object.fields.set(countryCode.name, countryCode);
      object.fields.set(stateCode.name, stateCode);
    }
  }
}

/** `Mailing` for `MailingAddress`; the empty text for a plain `Address`. */
export function addressPrefixes(object: ObjectSchema): string[] {
  return [...object.fields.values()].filter(({ type }) => type === "address").map(({ name }) => name.slice(0, -"Address".length));
}
