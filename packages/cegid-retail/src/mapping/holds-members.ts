import type { CustomerInputData, CustomerQueryData } from "../soap/data-contract.ts";

/**
 * Whether a record holds all that members of a write say. A country that is answered in another kind of code than it was
 * written in, as a folder of codes of its own does, cannot be compared: it is `held` as the caller says.
 */
export function holdsMembers(request: { stored: CustomerQueryData; members: CustomerInputData; whenOtherCountryCode: boolean }): boolean {
  const { stored, members, whenOtherCountryCode } = request;
  return Object.entries(members).every(([name, value]) => {
    const held = stored[name as keyof CustomerInputData];
    return name === "AddressData" ? holdsAddress({ stored, address: members.AddressData, whenOtherCountryCode }) : holds({ held, value });
  });
}

function holdsAddress(request: {
  stored: CustomerQueryData;
  address: CustomerInputData["AddressData"];
  whenOtherCountryCode: boolean;
}): boolean {
  const { stored: { AddressData: held }, address, whenOtherCountryCode } = request;
  const { CountryId, CountryIdType, ...rest } = address ?? {};
  if (!holds({ held, value: rest })) return false;
  if ((CountryId ?? "") === "") return CountryId === undefined || (held?.CountryId ?? "") === "";
  if (held?.CountryIdType === CountryIdType) return held?.CountryId === CountryId;
  return whenOtherCountryCode && (held?.CountryId ?? "") !== "";
}

/** Empty and absent are one. */
function holds(request: { held: unknown; value: unknown }): boolean {
  const { held, value } = request;
  if (value === undefined || value === null) return true;
  if (typeof value !== "object") return (held ?? "") === value || (value === false && (held ?? null) === null);
  const members: Readonly<Record<string, unknown>> = typeof held === "object" && held !== null ? { ...held } : {};
  return Object.entries(value).every(([name, member]) => holds({ held: members[name], value: member }));
}
