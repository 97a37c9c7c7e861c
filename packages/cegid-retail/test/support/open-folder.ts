import { createCegidRetailEmulator, type CegidRetailEmulator, type UserFieldDefinition } from "@volenti/emulators";
import type { CegidRetailConnectorOptions } from "../../src/index.ts";

/** User fields of a tenant who gave us all that we ask for: a text a consent, and a date. */
export const USER_FIELDS: readonly UserFieldDefinition[] = [
  ...Array.from({ length: 10 }, (_, index): UserFieldDefinition => ({ id: index + 1, kind: "TextValueKind" })),
  { id: 11, kind: "DateValueKind" },
];

/** What the connector is told of an emulated folder; `url` without the virtual directory. */
export function optionsFor(request: { emulator: CegidRetailEmulator; url: string }): CegidRetailConnectorOptions {
  const { emulator: { credentials: { basePath, folderId, username, password } }, url } = request;
  return {
    baseUrl: url + basePath,
    folderId,
    username,
    password,
    timeZone: "Europe/Paris",
    privacyGranularity: "item",
    usualStoreId: "001",
    region: "EU",
    allowInsecureHttp: true,
    slots: { effectiveAt: { userDefinedDate: 1 }, decisionId: { userDefinedText: 1 } },
    languageMap: { "fr-FR": "FRA", "en-GB": "ENG" },
    countryMap: { FR: "FRA", GB: "GBR", IT: "ITA" },
  };
}

export function createFolder(options: Parameters<typeof createCegidRetailEmulator>[0] = {}): CegidRetailEmulator {
  return createCegidRetailEmulator({ ...options, tables: { userFields: USER_FIELDS, ...options.tables } });
}
