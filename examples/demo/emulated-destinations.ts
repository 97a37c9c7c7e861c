import { createCegidRetailConnector } from "@volenti/cegid-retail";
import type { VolentiConfiguration } from "@volenti/core";
import { createSalesforceConnector } from "@volenti/salesforce";
import { readCustomerList } from "./customer-list.ts";
import type { StandInAddresses } from "./stand-ins.ts";
import { y2Folder } from "./y2-folder.ts";

/** Under which data of people outside the European Union may be copied into it, where their law asks for one. */
export const transferMechanism = "standardContractualClauses";

/** The CRM and the shops' retail system as they are reached while the demonstration runs; nothing where it does not. */
export function emulatedDestinations(addresses: StandInAddresses | null): VolentiConfiguration["destinations"] {
  if (addresses === null) return {};
  const { crm, stores } = addresses;
  return {
    crm: createSalesforceConnector({
      loginUrl: crm.url,
      auth: { kind: "clientCredentials", clientId: crm.clientId, clientSecret: crm.clientSecret },
      region: "EU",
      transferMechanism,
      allowInsecureHttp: true,
    }),
    stores: createCegidRetailConnector({
      baseUrl: stores.url,
      folderId: stores.folderId,
      username: stores.username,
      password: stores.password,
      timeZone: y2Folder.timeZone,
      privacyGranularity: "item",
      usualStoreId: y2Folder.usualStoreId,
      region: "EU",
      transferMechanism,
      slots: { effectiveAt: { userDefinedDate: 3 }, decisionId: { userDefinedText: 3 } },
      refField: { userDefinedText: 2 },
      purposeFields: { "marketing.email": { email: 1 }, "marketing.sms": { sms: 2 }, profiling: { "*": 3 }, sale: { "*": 4 } },
      // Runs the loyalty account, which the shops need no answer for.
      optIns: { loyalty: null },
      languageMap: y2Folder.languages,
      countryMap: y2Folder.countries,
      customerList: readCustomerList,
      allowInsecureHttp: true,
    }),
  };
}
