import { createMemoryConnector, createMemorySystem, type MemorySystem } from "@volenti/memory";
import { residencyRules } from "@volenti/jurisdictions";
import { createTestKeyring } from "@volenti/conformance";
import { createVolenti, defineConfig, type Volenti, type VolentiConfiguration } from "@volenti/core";
import type { ConnectorV1 } from "@volenti/core/adapter";
import type { ManualClock } from "./manual-clock.ts";
import { createTestClock, type TestClock } from "./test-clock.ts";

export interface Brand {
  readonly volenti: Volenti;
  readonly systems: Readonly<Record<string, MemorySystem>>;
  readonly clock: TestClock;
}

const LOCALES = ["fr-FR", "en-US", "ru-RU"];

/** A brand whose destinations are memory: an EU and a Russian one by default. */
export function createBrand(request: {
  destinations?: Readonly<Record<string, { region: string; ledger?: boolean; transferMechanism?: string; wrap?: (connector: ConnectorV1) => ConnectorV1 }>>;
  configuration?: Partial<VolentiConfiguration>;
  systems?: Readonly<Record<string, MemorySystem>>;
  /** Instead of the brand's own, for a test that lets time pass itself. */
  clock?: ManualClock;
} = {}): Brand {
  const declared = request.destinations ?? {
    eu: { region: "EU", transferMechanism: "standardContractualClauses" },
    ru: { region: "RU" },
  };
  const systems = request.systems ?? Object.fromEntries(Object.keys(declared).map((id) => [id, createMemorySystem()]));
  const destinations = Object.fromEntries(
    Object.entries(declared).map(([id, { wrap, ...options }]) => {
      const connector = createMemoryConnector({ ...options, ...(systems[id] === undefined ? {} : { system: systems[id] }) });
      return [id, wrap === undefined ? connector : wrap(connector)];
    }),
  );
  const clock = createTestClock("2026-11-22T00:00:00.000Z");
  const configuration = defineConfig({ ...baseConfiguration, destinations, keys: createTestKeyring(), ...request.configuration });
  return { volenti: createVolenti(configuration, { clock: request.clock ?? clock, random: () => 0.5 }), systems, clock };
}

const baseConfiguration: Omit<VolentiConfiguration, "destinations" | "keys"> = {
  controller: { id: "maison-exemple", name: "Maison Exemple", country: "FR", contact: "privacy@example.com", privacyPolicyUrl: "https://example.com/privacy" },
  purposes: [
    { key: "loyalty", version: "1", basis: "contract", mechanism: "noticeOnly", attributes: ["givenName", "familyName", "email", "locale"], label: { en: "Loyalty" } },
    { key: "marketing.email", version: "1", basis: "consent", mechanism: "optIn", channels: ["email"], attributes: ["email", "givenName"], label: { en: "News" }, validity: "P2Y" },
    { key: "marketing.sms", version: "1", basis: "consent", mechanism: "optIn", channels: ["sms", "whatsapp"], attributes: ["phoneNumber"], label: { en: "SMS" } },
    { key: "sale", version: "1", basis: "legitimateInterests", mechanism: "optOut", attributes: ["email"], recipients: ["ad-partner"], label: { en: "Sale" } },
    { key: "profiling", version: "1", basis: "consent", mechanism: "optIn", attributes: ["birthdate", "address.*"], recipients: ["analytics-partner"], label: { en: "Offers" } },
  ],
  notices: LOCALES.map((locale) => ({
    id: "signup",
    version: "3",
    locale,
    purposes: ["loyalty", "marketing.email", "marketing.sms", "sale", "profiling"],
    standalone: true,
    firstLayer: "first layer",
    text: "the whole text",
    policyUrl: "https://example.com/privacy",
  })),
  routes: [{ countries: ["RU"], to: ["ru"] }, { to: ["eu"] }],
  residency: { rules: residencyRules },
};
