/** The configuration that `volenti init` writes: two embedded stores, so that it works before there is any server. */
export const CONFIGURATION_TEMPLATE = `import { defineConfig } from "@volenti/core";
import { residencyRules } from "@volenti/jurisdictions";
import { fileKeyring } from "@volenti/node";
import { createRegionalStore } from "@volenti/regional-store";

export default defineConfig({
  // The id is part of every record and of every keyed digest: choose it now, and never change it.
  controller: {
    id: "example-brand",
    name: "Example Brand",
    country: "FR",
    contact: "privacy@example.com",
    privacyPolicyUrl: "https://example.com/privacy",
  },

  // What you ask people for. A changed meaning is a new version: see volenti.lock.json.
  purposes: [
    {
      key: "loyalty",
      version: "1",
      basis: "contract",
      mechanism: "noticeOnly",
      kind: "loyalty",
      attributes: ["givenName", "familyName", "email", "locale"],
      label: { en: "Run your loyalty account", fr: "Gérer votre compte fidélité" },
      retention: "P3Y",
    },
    {
      key: "marketing.email",
      version: "1",
      basis: "consent",
      mechanism: "optIn",
      channels: ["email"],
      attributes: ["email", "givenName"],
      label: { en: "News by e-mail", fr: "Nos actualités par e-mail" },
      retention: "P3Y",
      validity: "P2Y",
    },
  ],

  // What people are shown when they decide, one an id, version and locale.
  notices: [
    {
      id: "signup",
      version: "1",
      locale: "en-GB",
      purposes: ["loyalty", "marketing.email"],
      standalone: true,
      firstLayer: "We use your details to run your loyalty account and, if you agree, to send you news by e-mail.",
      file: "./notices/signup-1-en.md",
      policyUrl: "https://example.com/privacy",
    },
    {
      id: "signup",
      version: "1",
      locale: "ru-RU",
      purposes: ["loyalty", "marketing.email"],
      standalone: true,
      firstLayer: "Мы используем ваши данные для ведения карты лояльности и, с вашего согласия, для новостей по почте.",
      file: "./notices/signup-1-ru.md",
      policyUrl: "https://example.com/ru/privacy",
    },
  ],

  // Where the data goes. Embedded stores are for trying things out: give a postgres:// URL for anything real.
  destinations: {
    eu: createRegionalStore({ url: "file:./.volenti/eu", region: "EU", transferMechanism: "standardContractualClauses" }),
    ru: createRegionalStore({ url: "file:./.volenti/ru", region: "RU" }),
  },

  // The first that matches a person's country wins; a country without a route is rejected.
  routes: [{ countries: ["RU"], to: ["ru"] }, { to: ["eu"] }],
  residency: { rules: residencyRules },

  // Keys as files are for development: production takes a key management service.
  keys: fileKeyring("./.volenti/keys"),
});
`;
