import { COUNTRY_CODES, isCountryCode } from "./country-code.ts";

/** Names in wide use that are not those of CLDR, folded. */
const ALSO: Readonly<Record<string, string>> = {
  usa: "US",
  unitedstatesofamerica: "US",
  uk: "GB",
  greatbritain: "GB",
  england: "GB",
  russianfederation: "RU",
  czechrepublic: "CZ",
  republicofkorea: "KR",
  vietnam: "VN",
  turkey: "TR",
  holland: "NL",
};

/**
 * Reads the country of what somebody wrote: a code in any case, or a name in English or in the language of the home
 * country, letters only compared. Null for anything else.
 */
export function createCountryReader(request: { homeCountry: string }): (text: string) => string | null {
  const languages = new Set(["en", new Intl.Locale("und", { region: request.homeCountry }).maximize().language ?? "en"]);
  const names = new Map(Object.entries(ALSO));
  for (const language of languages) {
    const display = new Intl.DisplayNames([language], { type: "region" });
    for (const code of COUNTRY_CODES) names.set(fold(display.of(code) ?? code), code);
  }
  return (text) => {
    const code = text.trim().toUpperCase();
    return isCountryCode(code) ? code : (names.get(fold(text.slice(0, 128))) ?? null);
  };
}

function fold(text: string): string {
  return text.normalize("NFKD").replaceAll(/\P{L}/gu, "").toLowerCase();
}
