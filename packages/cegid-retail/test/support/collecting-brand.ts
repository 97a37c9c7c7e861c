import { createTestKeyring } from "@volenti/conformance";
import { createVolenti, defineConfig, type Volenti, type VolentiConfiguration } from "@volenti/core";
import { listenOnLoopback, type CegidRetailEmulator, type CegidRetailEmulatorOptions, type DataRecord } from "@volenti/emulators";
import { onTestFinished } from "vitest";
import { createCegidRetailConnector, type CegidRetailConnectorOptions } from "../../src/index.ts";
import { createFolder, optionsFor } from "./open-folder.ts";
import { withoutLongWaits } from "./without-long-waits.ts";

const START = Date.UTC(2026, 5, 20, 12, 0, 0);
const MINUTE_IN_MS = 60_000;
const PURPOSES: VolentiConfiguration["purposes"] = [
  { key: "loyalty", version: "1", basis: "contract", mechanism: "noticeOnly", attributes: ["givenName", "familyName", "email", "phoneNumber", "gender"], label: { en: "Loyalty" } },
  { key: "news", version: "1", basis: "consent", mechanism: "optIn", channels: ["email", "sms", "post"], attributes: ["email"], label: { en: "News" } },
  { key: "events", version: "1", basis: "consent", mechanism: "optIn", channels: ["email"], attributes: [], label: { en: "Events" } },
];

export interface Told {
  readonly purpose?: string;
  readonly channel?: string;
  readonly status: string;
}

/** A brand whose only system is Y2, through core. */
export interface CollectingBrand {
  readonly volenti: Volenti;
  readonly emulator: CegidRetailEmulator;
  /** What Y2 answered for a submission of Inès, given so many minutes after the start, and collected at that very time. */
  collect(request: {
    minute: number;
    decisions?: readonly Told[];
    profile?: Readonly<Record<string, unknown>>;
    email?: string;
    /** Of a submission that comes again; its own unless told. */
    submission?: number;
  }): Promise<unknown>;
  /** A customer of the store's, with the address of Inès unless told otherwise. */
  addCustomer(values?: DataRecord): string;
  records(): readonly DataRecord[];
  /** Of the first customer. */
  firstId(): string;
}

export async function openCollectingBrand(
  request: { folder?: CegidRetailEmulatorOptions; options?: Partial<CegidRetailConnectorOptions>; purposes?: VolentiConfiguration["purposes"] } = {},
): Promise<CollectingBrand> {
  let now = START;
  let count = 1000;
  const purposes = request.purposes ?? PURPOSES;
  const emulator = createFolder({ now: () => now, ...request.folder });
  const server = await listenOnLoopback({ handle: emulator.handle });
  const stores = createCegidRetailConnector({ ...optionsFor({ emulator, url: server.url }), optIns: { events: null }, refField: { userDefinedText: 2 }, ...request.options });
  const configuration = defineConfig({
    controller: { id: "maison-exemple", name: "Maison Exemple", country: "FR", contact: "privacy@example.com", privacyPolicyUrl: "https://example.com/privacy" },
    purposes,
    notices: [{ id: "signup", version: "3", locale: "fr-FR", purposes: purposes.map(({ key }) => key), standalone: true, firstLayer: "first layer", text: "the whole text", policyUrl: "https://example.com/privacy" }],
    destinations: { stores },
    routes: [{ to: ["stores"], history: "latestOnly" }],
    residency: "none",
    keys: createTestKeyring(),
  });
  const clock = withoutLongWaits({ now: () => now, sleep: async (): Promise<void> => {} });
  const volenti = createVolenti(configuration, { clock, random: () => 0.5 });
  onTestFinished(async () => {
    await volenti.close();
    await server.close();
  });
  return {
    volenti,
    emulator,
    collect: async ({ minute, decisions = [], profile, email = "ines@example.com", submission = (count += 1) }) => {
      const occurredAt = START + minute * MINUTE_IN_MS;
      now = Math.max(now, occurredAt);
      const { destinations, problems } = await volenti.collect({
        submissionId: `5f0f5e0e-6a1e-4a53-9d0b-${String(submission).padStart(12, "0")}`,
        collectionPoint: "paris-flagship",
        occurredAt: new Date(occurredAt).toISOString(),
        country: "FR",
        subject: { identifiers: [{ kind: "email", value: email }], ageBand: "adult" },
        ...(profile === undefined ? {} : { profile }),
        decisions: decisions.map(({ purpose = "news", channel = "email", status }) => ({ purpose, channel, status, notice: "signup", noticeVersion: "3", locale: "fr-FR", method: "checkbox" })),
      });
      const [stored] = destinations;
      if (stored === undefined) return problems;
      const { outcome, code, rejectedAttributes, folds } = stored;
      return { outcome, ...(code === undefined ? {} : { code }), ...(rejectedAttributes === undefined ? {} : { rejectedAttributes }), ...(folds === undefined ? {} : { folds }) };
    },
    addCustomer: (values = {}) => emulator.customers.add({ LastName: "Moreau", UsualStoreId: "001", EmailData: { Email: "ines@example.com" }, ...values }),
    records: () => emulator.customers.list(),
    firstId: () => {
      const [record] = emulator.customers.list();
      return typeof record?.["CustomerId"] === "string" ? record["CustomerId"] : "";
    },
  };
}
