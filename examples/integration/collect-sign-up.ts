// The whole of an integration: a configuration, one call, one result to act on.
import { createVolenti, defineConfig } from "@volenti/core";
import { residencyRules } from "@volenti/jurisdictions";
import { fileKeyring } from "@volenti/node";
import { createRegionalStore } from "@volenti/regional-store";
import { demoNotices } from "../demo/demo-notices.ts";
import { demoPurposes } from "../demo/demo-purposes.ts";

const volenti = createVolenti(
  defineConfig({
    controller: { id: "maison-exemple", name: "Maison Exemple", country: "FR", contact: "privacy@example.com", privacyPolicyUrl: "https://example.com/privacy" },
    purposes: demoPurposes,
    notices: demoNotices,
    destinations: { eu: createRegionalStore({ url: "file:./.volenti/eu", region: "EU" }) },
    routes: [{ countries: ["EU"], to: ["eu"] }],
    residency: { rules: residencyRules },
    keys: fileKeyring("./.volenti/keys"),
  }),
);

/** Called by a sign-up form's handler with the body as it was sent: what is wrong with it is in the answer. */
export async function collectSignUp(body: unknown): Promise<{ status: 200 | 422 | 503; receipt: string | null }> {
  const { outcome, receipt } = await volenti.collect(body);
  if (outcome === "rejected") return { status: 422, receipt: null };
  return { status: outcome === "undelivered" ? 503 : 200, receipt };
}

/** Called when the server stops: submissions under way are finished first. */
export async function stop(): Promise<void> {
  await volenti.close();
}
