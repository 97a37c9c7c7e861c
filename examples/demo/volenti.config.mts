import { defineConfig } from "@volenti/core";
import { residencyRules } from "@volenti/jurisdictions";
import { fileKeyring } from "@volenti/node";
import { createRegionalStore } from "@volenti/regional-store";
import { createSalesforceConnector } from "@volenti/salesforce";
import { demoNotices } from "./demo-notices.ts";
import { demoPurposes } from "./demo-purposes.ts";
import { DEMO_FOLDER, readStandIns } from "./stand-ins.ts";

/** Under which data of people outside the European Union may be copied into it, where their law asks for one. */
const transferMechanism = "standardContractualClauses";
const standIns = readStandIns();
// The emulated Salesforce ends with the demonstration; the stores on disk can be looked at afterwards.
if (standIns === null) process.stderr.write("The demonstration's Salesforce is not running, so crm is left out: npm run demo -- --stay keeps it.\n");

const crm =
  standIns === null
    ? {}
    : {
        crm: createSalesforceConnector({
          loginUrl: standIns.crm.url,
          auth: { kind: "clientCredentials", clientId: standIns.crm.clientId, clientSecret: standIns.crm.clientSecret },
          region: "EU",
          transferMechanism,
          allowInsecureHttp: true,
        }),
      };

export default defineConfig({
  controller: {
    id: "maison-exemple",
    name: "Maison Exemple",
    country: "FR",
    contact: "privacy@example.com",
    privacyPolicyUrl: "https://example.com/privacy",
  },
  purposes: demoPurposes,
  notices: demoNotices,
  destinations: {
    ...crm,
    ru: createRegionalStore({ url: new URL("ru", DEMO_FOLDER).href, region: "RU" }),
    cn: createRegionalStore({ url: new URL("cn", DEMO_FOLDER).href, region: "CN" }),
    // What tills will read: an embedded store until the emulated retail system is here.
    stores: createRegionalStore({ url: new URL("stores", DEMO_FOLDER).href, region: "EU", transferMechanism }),
  },
  routes: [
    { countries: ["RU"], to: ["ru"] },
    // China's store has each record before the CRM sees a byte of it.
    { countries: ["CN"], to: ["cn", ...Object.keys(crm)] },
    { to: [...Object.keys(crm), "stores"] },
  ],
  residency: { rules: residencyRules },
  identity: { precedence: ["loyaltyId", "email", "phone"] },
  keys: fileKeyring(new URL("keys", DEMO_FOLDER)),
});
