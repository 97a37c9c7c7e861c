/** How the emulated Y2 folder is set up, which its server and its connector both have to know. */
export const y2Folder = {
  /** In which it keeps every date, without an offset. */
  timeZone: "Europe/Paris",
  usualStoreId: "001",
  /** Its codes of languages: one a locale, so that what was stored is read as itself. */
  languages: {
    "ar-AE": "ARA",
    "de-DE": "DEU",
    "en-GB": "ENG",
    "en-US": "ENU",
    "es-ES": "ESP",
    "fr-FR": "FRA",
    "it-IT": "ITA",
    "ja-JP": "JPN",
    "ko-KR": "KOR",
    "pt-BR": "POR",
  },
  /** Its codes of countries, in which it answers. */
  countries: { AE: "ARE", BR: "BRA", DE: "DEU", ES: "ESP", FR: "FRA", GB: "GBR", IT: "ITA", JP: "JPN", KR: "KOR", US: "USA" },
} as const;
