// Salesforce for everybody but customers in Russia, with a PostgreSQL of the brand's own as ledger before it.
import { defineConfig } from "@volenti/core";
import { residencyRules } from "@volenti/jurisdictions";
import { fileKeyring } from "@volenti/node";
import { createRegionalStore } from "@volenti/regional-store";
import { createSalesforceConnector } from "@volenti/salesforce";
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
    // Knows who is who, keeps identifiers as digests alone, and gives each person the ref that Salesforce knows them by.
    ledger: createRegionalStore({ url: secret("VOLENTI_EU_URL"), region: "EU", transferMechanism: "standardContractualClauses" }),
    crm: createSalesforceConnector({
      loginUrl: secret("SALESFORCE_LOGIN_URL"),
      auth: { kind: "clientCredentials", clientId: secret("SALESFORCE_CLIENT_ID"), clientSecret: secret("SALESFORCE_CLIENT_SECRET") },
      region: "EU",
      transferMechanism: "standardContractualClauses",
      // Fields of the org's own, which must exist. The loyalty number comes first: nobody shares it.
      matchKeys: [
        { kind: "loyaltyId", field: "LoyaltyNumber__c" },
        { kind: "email", field: "Email" },
      ],
      optOutFlags: { sms: "SmsOptOut__c" },
    }),
  },
  routes: [{ countries: ["RU"], to: ["ru"] }, { to: ["ledger", "crm"] }],
  residency: { rules: residencyRules },
  identity: { precedence: ["loyaltyId", "email", "phone"] },
  // Lone sign-ups that come within this time share one call.
  batchWindowInMs: 200,
  keys: fileKeyring("./.volenti/keys"),
});
