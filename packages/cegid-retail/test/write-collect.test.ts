import { createTestKeyring } from "@volenti/conformance";
import { createVolenti, defineConfig, type Volenti, type VolentiConfiguration } from "@volenti/core";
import { listenOnLoopback, type CegidRetailEmulator } from "@volenti/emulators";
import { expect, it, onTestFinished } from "vitest";
import { createCegidRetailConnector } from "../src/index.ts";
import { createFolder, optionsFor } from "./support/open-folder.ts";
import { withoutLongWaits } from "./support/without-long-waits.ts";

const NOW = Date.UTC(2026, 5, 20, 12, 0, 0);
const PURPOSES: VolentiConfiguration["purposes"] = [
  { key: "loyalty", version: "1", basis: "contract", mechanism: "noticeOnly", attributes: ["givenName", "familyName", "email", "address.*"], label: { en: "Loyalty" } },
  { key: "marketing.email", version: "1", basis: "consent", mechanism: "optIn", channels: ["email"], attributes: ["email"], label: { en: "News" } },
];

/** A brand whose only system is Y2, through core. */
async function openBrand(): Promise<{ volenti: Volenti; emulator: CegidRetailEmulator }> {
  const emulator = createFolder({ now: () => NOW });
  const server = await listenOnLoopback({ handle: emulator.handle });
  const stores = createCegidRetailConnector(optionsFor({ emulator, url: server.url }));
  const configuration = defineConfig({
    controller: { id: "maison-exemple", name: "Maison Exemple", country: "FR", contact: "privacy@example.com", privacyPolicyUrl: "https://example.com/privacy" },
    purposes: PURPOSES,
    notices: [{ id: "signup", version: "3", locale: "fr-FR", purposes: PURPOSES.map(({ key }) => key), standalone: true, firstLayer: "first layer", text: "the whole text", policyUrl: "https://example.com/privacy" }],
    destinations: { stores },
    routes: [{ to: ["stores"], history: "latestOnly" }],
    residency: "none",
    keys: createTestKeyring(),
  });
  const clock = withoutLongWaits({ now: () => NOW, sleep: async (): Promise<void> => {} });
  const volenti = createVolenti(configuration, { clock, random: () => 0.5 });
  onTestFinished(async () => {
    await volenti.close();
    await server.close();
  });
  return { volenti, emulator };
}

function submissionOf(request: { id: number; minute: number; status: string }): Record<string, unknown> {
  return {
    submissionId: `5f0f5e0e-6a1e-4a53-9d0b-${String(request.id).padStart(12, "0")}`,
    collectionPoint: "paris-flagship",
    occurredAt: new Date(NOW - 3_600_000 + request.minute * 60_000).toISOString(),
    country: "FR",
    subject: { identifiers: [{ kind: "email", value: "ines@example.com" }], ageBand: "adult" },
    profile: { givenName: "Inès", familyName: "Moreau", email: "ines@example.com", address: { country: "FR" } },
    decisions: [{ purpose: "marketing.email", channel: "email", status: request.status, notice: "signup", noticeVersion: "3", locale: "fr-FR", method: "checkbox" }],
  };
}

it("what core collects arrives, comes again without doubling, and a late yes never brings an opt-in back", async () => {
  const { volenti, emulator } = await openBrand();
  const grant = submissionOf({ id: 1, minute: 0, status: "given" });
  expect((await volenti.collect(grant)).destinations).toMatchObject([{ id: "stores", outcome: "applied" }]);
  expect((await volenti.collect(grant)).destinations).toMatchObject([{ outcome: "unchanged" }]);
  expect((await volenti.collect(submissionOf({ id: 2, minute: 10, status: "withdrawn" }))).destinations).toMatchObject([{ outcome: "applied" }]);
  expect((await volenti.collect(submissionOf({ id: 3, minute: 5, status: "given" }))).destinations).toMatchObject([{ outcome: "superseded" }]);
  expect(emulator.customers.list()).toMatchObject([{ FirstName: "Inès", LastName: "Moreau", OptinEmail: "DoNotUse", EmailData: { Email: "ines@example.com", EmailingAccepted: false } }]);
});

it("an answer that was lost is settled by core's own repetition", async () => {
  const { volenti, emulator } = await openBrand();
  emulator.faults.strike({ fault: { kind: "resetAfterApply" }, times: 1, when: { operations: ["AddNewCustomer"] } });
  const { destinations } = await volenti.collect(submissionOf({ id: 4, minute: 0, status: "given" }));
  expect(destinations).toMatchObject([{ outcome: "unchanged" }]);
  expect(emulator.customers.list()).toHaveLength(1);
});
