import { createVolenti, defineConfig, type SubmissionResult } from "@volenti/core";
import { residencyRules } from "@volenti/jurisdictions";
import { fileKeyring } from "@volenti/node";
import { createRegionalStore } from "@volenti/regional-store";

const volenti = createVolenti(defineConfig({
  controller: { id: "maison-exemple", name: "Maison Exemple", country: "FR", contact: "privacy@example.com", privacyPolicyUrl: "https://example.com/privacy" },
  purposes: [{ key: "marketing.email", version: "1", basis: "consent", mechanism: "optIn", channels: ["email"], attributes: ["email", "givenName"], label: { en: "News by e-mail" } }],
  notices: [{ id: "signup", version: "1", locale: "en-GB", purposes: ["marketing.email"], firstLayer: "We write once a month.", text: "The whole notice.", policyUrl: "https://example.com/privacy" }],
  destinations: { eu: createRegionalStore({ url: "file:./data/eu", region: "EU" }) }, // postgres://… for anything real
  routes: [{ countries: ["EU"], to: ["eu"] }],
  residency: { rules: residencyRules },
  keys: fileKeyring("./data/keys"),
}));

export async function signUp(body: unknown): Promise<{ status: 200 | 422 | 503; result: SubmissionResult }> {
  const result = await volenti.collect(body);
  if (result.outcome === "rejected") return { status: 422, result }; // `problems`: a path and a code each, never a value
  return { status: result.outcome === "delivered" ? 200 : 503, result }; // 503: send the same again, nothing is recorded twice
}
export const stop = (): Promise<void> => volenti.close();
