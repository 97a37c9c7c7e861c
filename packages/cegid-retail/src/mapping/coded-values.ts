import type { AddressData, CustomerInputData, CustomerQueryData } from "../soap/data-contract.ts";
import type { ProfileSettings } from "../settings.ts";

/** `Sex` and `TitleId` by the tenant's maps; null clears. Undefined for a gender that no map has. */
export function toGender(request: { gender: string | null; profile: ProfileSettings; stored: CustomerQueryData | null }): CustomerInputData | undefined {
  const { gender, profile: { sexes, titles }, stored } = request;
  if (gender !== null && !sexes.has(gender) && !titles.has(gender)) return undefined;
  const [Sex, TitleId] = [codeOf({ map: sexes, gender, held: stored?.Sex }), codeOf({ map: titles, gender, held: stored?.TitleId })];
  return { ...(Sex === undefined ? {} : { Sex }), ...(TitleId === undefined ? {} : { TitleId }) };
}

/** Without a code what stands is emptied where it tells another gender. A title that tells none, a doctor's, is left: undefined. */
function codeOf(request: { map: ReadonlyMap<string, string>; gender: string | null; held: string | null | undefined }): string | undefined {
  const { map, gender, held } = request;
  const code = gender === null ? undefined : map.get(gender);
  return code ?? ([...map.values()].includes(held ?? "") ? "" : undefined);
}

/** By the sex, else by the title. */
export function fromGender(request: { stored: CustomerQueryData; profile: ProfileSettings }): string | null {
  const { stored, profile: { sexes, titles } } = request;
  return keyOf({ map: sexes, code: stored.Sex }) ?? keyOf({ map: titles, code: stored.TitleId });
}

/** `LanguageId` of the whole locale, else of its language; null clears. Undefined where the map has neither. */
export function toLanguage(request: { locale: string | null; profile: ProfileSettings }): CustomerInputData | undefined {
  const { locale, profile: { languages } } = request;
  if (locale === null) return { LanguageId: "" };
  const code = languages.get(locale) ?? languages.get(locale.split(/[-_]/)[0] ?? "");
  return code === undefined ? undefined : { LanguageId: code };
}

export function fromLanguage(request: { stored: CustomerQueryData; profile: ProfileSettings }): string | null {
  return keyOf({ map: request.profile.languages, code: request.stored.LanguageId });
}

/** Of an ISO 3166-1 alpha-2 code; null clears. Undefined for a country that has no code where the tenant wants another. */
export function toCountry(request: { country: string | null; profile: ProfileSettings }): AddressData | undefined {
  const { country, profile: { countries, countryIdType } } = request;
  if (country === null) return { CountryId: "" };
  if (!/^[A-Z]{2}$/.test(country)) return undefined;
  const code = countryIdType === "ISO2" ? country : countries.get(country);
  return code === undefined ? undefined : { CountryId: code, CountryIdType: countryIdType };
}

/** ISO 3166-1 alpha-2, whichever code the tenant answers in; null where there is none, or it is in a code that no map has. */
export function fromCountry(request: { stored: CustomerQueryData; profile: ProfileSettings }): string | null {
  const { stored: { AddressData: address }, profile: { countries } } = request;
  const code = address?.CountryId ?? "";
  if (address?.CountryIdType === "ISO2" && /^[A-Z]{2}$/.test(code)) return code;
  return keyOf({ map: countries, code });
}

/** Of several that share a code, the one that the configuration names first. */
function keyOf(request: { map: ReadonlyMap<string, string>; code: string | null | undefined }): string | null {
  const { map, code } = request;
  if (typeof code !== "string" || code === "") return null;
  return [...map].find((entry) => entry[1] === code)?.[0] ?? null;
}
