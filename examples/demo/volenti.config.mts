import { defineConfig } from "@volenti/core";
import { residencyRules } from "@volenti/jurisdictions";
import { fileKeyring } from "@volenti/node";
import { createRegionalStore } from "@volenti/regional-store";
import { demoNotices } from "./demo-notices.ts";
import { demoPurposes } from "./demo-purposes.ts";

// Beside the repository's other throw-away files, wherever the command is run from.
const folder = new URL("../../.volenti/demo/", import.meta.url);

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
    eu: createRegionalStore({
      url: new URL("eu", folder).href,
      region: "EU",
      transferMechanism: "standardContractualClauses",
    }),
    ru: createRegionalStore({ url: new URL("ru", folder).href, region: "RU" }),
    cn: createRegionalStore({ url: new URL("cn", folder).href, region: "CN" }),
  },
  routes: [{ countries: ["RU"], to: ["ru"] }, { countries: ["CN"], to: ["cn"] }, { to: ["eu"] }],
  residency: { rules: residencyRules },
  identity: { precedence: ["loyaltyId", "email", "phone"] },
  keys: fileKeyring(new URL("keys", folder)),
});
