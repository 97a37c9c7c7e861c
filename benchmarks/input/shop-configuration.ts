import { defineConfig, type Keyring, type Observe, type VolentiConfiguration } from "@volenti/core";
import type { ConnectorV1 } from "@volenti/core/adapter";

/** Three purposes that together declare every attribute of a submission, so that nothing is withheld. */
export const PURPOSES = [
  { key: "marketing.email", channels: ["email"], attributes: ["email", "givenName", "familyName", "nickname", "locale"] },
  { key: "marketing.sms", channels: ["sms"], attributes: ["phoneNumber", "givenName", "middleName"] },
  { key: "profiling", channels: ["post"], attributes: ["birthdate", "address.*"] },
] as const;

/** A shop with one destination, under one route. */
export function shopConfiguration(request: { destination: ConnectorV1; keys: Keyring; observe?: Observe }): VolentiConfiguration {
  const { destination, keys, observe } = request;
  return defineConfig({
    controller: {
      id: "maison-exemple",
      name: "Maison Exemple",
      country: "FR",
      contact: "privacy@example.com",
      privacyPolicyUrl: "https://example.com/privacy",
    },
    purposes: PURPOSES.map(({ key, channels, attributes }) => ({
      key,
      version: "1",
      basis: "consent",
      mechanism: "optIn",
      channels,
      attributes,
      label: { en: key },
    })),
    notices: [
      {
        id: "signup",
        version: "3",
        locale: "fr-FR",
        purposes: PURPOSES.map(({ key }) => key),
        firstLayer: "…",
        text: "…",
        policyUrl: "https://example.com/fr/privacy",
      },
    ],
    destinations: { shop: destination },
    routes: [{ to: ["shop"] }],
    residency: "none",
    keys,
    observe,
  });
}
