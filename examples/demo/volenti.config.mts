import { defineConfig } from "@volenti/core";
import { residencyRules } from "@volenti/jurisdictions";
import { fileKeyring } from "@volenti/node";
import { createRegionalStore } from "@volenti/regional-store";
import { demoNotices } from "./demo-notices.ts";
import { demoPurposes } from "./demo-purposes.ts";
import { emulatedDestinations, transferMechanism } from "./emulated-destinations.ts";
import { DEMO_FOLDER, readStandIns } from "./stand-ins.ts";

const standIns = readStandIns();
const emulated = emulatedDestinations(standIns);
// They end with the demonstration; the stores on disk can be looked at afterwards.
if (standIns === null) process.stderr.write("The demonstration is not running, so crm and stores are left out: npm run demo -- --stay keeps them.\n");

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
    // Knows who is who, whatever they are named by: a no that comes under an address reaches who signed up with a card.
    ledger: createRegionalStore({ url: new URL("ledger", DEMO_FOLDER).href, region: "EU", transferMechanism }),
    ...emulated,
    ru: createRegionalStore({ url: new URL("ru", DEMO_FOLDER).href, region: "RU" }),
    cn: createRegionalStore({ url: new URL("cn", DEMO_FOLDER).href, region: "CN" }),
  },
  routes: [
    { countries: ["RU"], to: ["ru"] },
    // China's store has each record before the CRM sees a byte of it.
    { countries: ["CN"], to: ["cn", ...Object.keys(emulated).filter((id) => id === "crm")] },
    { to: ["ledger", ...Object.keys(emulated)] },
  ],
  residency: { rules: residencyRules },
  identity: { precedence: ["loyaltyId", "email", "phone"] },
  keys: fileKeyring(new URL("keys", DEMO_FOLDER)),
});
