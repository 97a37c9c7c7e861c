// Cegid Retail for everybody but customers in Russia, with a PostgreSQL of the brand's own as ledger before it.
import { createCegidRetailConnector } from "@volenti/cegid-retail";
import { defineConfig } from "@volenti/core";
import { residencyRules } from "@volenti/jurisdictions";
import { fileKeyring } from "@volenti/node";
import { createRegionalStore } from "@volenti/regional-store";
import { demoNotices } from "../demo/demo-notices.ts";
import { demoPurposes } from "../demo/demo-purposes.ts";

/** What the environment holds; where it is absent, the command names the line below that lacks it. */
function secret(name: string): string {
  return process.env[name] ?? "";
}

export default defineConfig({
  controller: { id: "maison-exemple", name: "Maison Exemple", country: "FR", contact: "privacy@example.com", privacyPolicyUrl: "https://example.com/privacy" },
  purposes: demoPurposes,
  notices: demoNotices,
  destinations: {
    ru: createRegionalStore({ url: secret("VOLENTI_RU_URL"), region: "RU" }),
    // History, notices and proofs, of which Y2 keeps none, and who is who: a no under an address reaches who signed up with a card.
    ledger: createRegionalStore({ url: secret("VOLENTI_EU_URL"), region: "EU", transferMechanism: "standardContractualClauses" }),
    stores: createCegidRetailConnector({
      baseUrl: secret("CEGID_BASE_URL"), // with the virtual directory: https://host/Y2
      folderId: secret("CEGID_FOLDER"),
      username: secret("CEGID_USER"),
      password: secret("CEGID_PASSWORD"),
      timeZone: "Europe/Paris",
      privacyGranularity: "channel", // as the company setting says; volenti doctor --contract-tests stores proves it
      usualStoreId: "001",
      region: "EU",
      transferMechanism: "standardContractualClauses",
      // Fields of the tenant's own, shown to nobody or read only at the till.
      slots: { effectiveAt: { userDefinedDate: 3 }, decisionId: { userDefinedText: 3 } },
      refField: { userDefinedText: 2 },
      testField: { userDefinedText: 1 },
      // A text each, by the number of the user field: these consents are ordered exactly, and known from Y2.
      purposeFields: { "marketing.email": { email: 101 }, "marketing.sms": { sms: 102 } },
      // Kept by the ledger alone.
      optIns: { loyalty: null, sale: null, profiling: null },
      // The tenant's own codes.
      languageMap: { fr: "FRA", de: "DEU", it: "ITA", es: "ESP", en: "ENG" },
    }),
  },
  routes: [{ countries: ["RU"], to: ["ru"] }, { to: ["ledger", "stores"] }],
  residency: { rules: residencyRules },
  identity: { precedence: ["loyaltyId", "email", "phone"] },
  keys: fileKeyring("./.volenti/keys"),
});
