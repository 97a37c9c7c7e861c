import type { VolentiConfiguration } from "@volenti/core";
import { residencyRules } from "@volenti/jurisdictions";

type Purposes = VolentiConfiguration["purposes"];

/** Enough of a brand for every rule that a run checks. `demands`: Germany asks for a double opt-in. */
const PURPOSES: Purposes = [
  { key: "loyalty", version: "1", basis: "contract", mechanism: "noticeOnly", attributes: ["givenName", "familyName", "email"], label: { en: "Loyalty" } },
  { key: "marketing.email", version: "1", basis: "consent", mechanism: "optIn", channels: ["email"], attributes: ["email"], label: { en: "News" }, demands: { DE: { doubleOptIn: true } } },
  { key: "marketing.sms", version: "1", basis: "consent", mechanism: "optIn", channels: ["sms", "whatsapp"], attributes: ["email"], label: { en: "SMS" } },
  { key: "profiling", version: "1", basis: "consent", mechanism: "optIn", attributes: ["email"], label: { en: "Offers" } },
  { key: "sale", version: "1", basis: "legitimateInterests", mechanism: "optOut", attributes: ["email"], label: { en: "Sale" } },
];

/** The brand of every run: a Russian and a European ledger, and one CRM for all. Its counsel lets copies leave Russia. */
export function configureBrand(request: Pick<VolentiConfiguration, "destinations" | "keys">): VolentiConfiguration {
  return {
    controller: { id: "maison-exemple", name: "Maison Exemple", country: "FR", contact: "privacy@example.com", privacyPolicyUrl: "https://example.com/privacy" },
    purposes: PURPOSES,
    notices: [
      {
        id: "signup",
        version: "3",
        locale: "fr-FR",
        purposes: PURPOSES.map(({ key }) => key),
        standalone: true,
        firstLayer: "first layer",
        text: "the whole text",
        policyUrl: "https://example.com/privacy",
      },
    ],
    routes: [{ countries: ["RU"], to: ["ru", "crm"] }, { to: ["eu", "crm"] }],
    residency: { rules: residencyRules, overrides: [{ country: "RU", reason: "counsel-2026", copyTo: { EU: "yes" } }] },
    ...request,
  };
}
