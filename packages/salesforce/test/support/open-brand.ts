import { createVolenti, defineConfig, type SubmissionResult, type Volenti, type VolentiConfiguration } from "@volenti/core";
import { createTestKeyring } from "@volenti/conformance";
import { createSalesforceEmulator, listenOnLoopback, type SalesforceEmulator, type SalesforceEmulatorOptions } from "@volenti/emulators";
import { onTestFinished } from "vitest";
import { createSalesforceConnector, type SalesforceConnectorOptions } from "../../src/index.ts";
import { deployPackage, loginTo } from "./read-org.ts";

export const START = Date.UTC(2026, 5, 20, 12, 0, 0);

/** A brand with one Salesforce org, provisioned, and a clock that goes on when the test says so. */
export interface Brand {
  readonly volenti: Volenti;
  readonly emulator: SalesforceEmulator;
  /** The same brand in another process. */
  readonly open: (options?: Partial<SalesforceConnectorOptions>) => Volenti;
  readonly pass: (milliseconds: number) => void;
  /** Lets something happen in the org, once, right before the next call whose body says so is carried out. */
  readonly intervene: (request: { when: (body: string) => boolean; run: () => unknown }) => void;
  /** What becomes of each answer of the org on its way; null: nothing any more. */
  readonly alter: (change: ((answer: Response) => Promise<Response>) | null) => void;
  /** Every request as it was sent, but for its body. */
  readonly sent: { readonly method: string; readonly url: string; readonly headerNames: readonly string[] }[];
  collect(submission: Record<string, unknown>): Promise<SubmissionResult>;
  /** The rows of one object that have this value in a field. */
  rows(objectName: string): Record<string, unknown>[];
}

export async function openBrand(
  request: {
    org?: SalesforceEmulatorOptions;
    options?: Partial<SalesforceConnectorOptions>;
    configuration?: Partial<VolentiConfiguration>;
    /** Destinations beside the org. */
    beside?: VolentiConfiguration["destinations"];
  } = {},
): Promise<Brand> {
  let now = START;
  const emulator = createSalesforceEmulator({ now: () => now, ...request.org });
  deployPackage(emulator);
  let intervention: Parameters<Brand["intervene"]>[0] | null = null;
  let alteration: Parameters<Brand["alter"]>[0] = null;
  const sent: Brand["sent"] = [];
  const server = await listenOnLoopback({
    handle: async (call) => {
      const due = intervention;
      if (due?.when(await call.clone().text()) === true) {
        intervention = null;
        await due.run();
      }
      sent.push({ method: call.method, url: call.url, headerNames: [...call.headers.keys()] });
      const answer = await emulator.handle(call);
      return alteration === null ? answer : alteration(answer);
    },
  });
  const keys = createTestKeyring();
  const opened: Volenti[] = [];
  const open = (options: Partial<SalesforceConnectorOptions> = {}): Volenti => {
    const crm = createSalesforceConnector({ ...loginTo({ emulator, url: server.url }), ...request.options, ...options });
    const clock = { now: () => now, sleep: ({ durationInMs }: { durationInMs: number }) => Promise.resolve(void (now += durationInMs)) };
    const volenti = createVolenti(defineConfig({ ...BASE, destinations: { crm, ...request.beside }, keys, ...request.configuration }), { clock, random: () => 0.5 });
    opened.push(volenti);
    return volenti;
  };
  onTestFinished(async () => {
    for (const volenti of opened) await volenti.close();
    await server.close();
  });
  const volenti = open();
  await volenti.destinations.get("crm")?.provisioning?.apply();
  emulator.calls.reset();
  return {
    volenti,
    emulator,
    open,
    pass: (milliseconds) => void (now += milliseconds),
    intervene: (request) => void (intervention = request),
    alter: (change) => void (alteration = change),
    sent,
    collect: (submission) => volenti.collect(submission),
    rows: (objectName) => emulator.org.rows(objectName),
  };
}

const PURPOSES: VolentiConfiguration["purposes"] = [
  { key: "loyalty", version: "1", basis: "contract", mechanism: "noticeOnly", attributes: ["givenName", "familyName", "email", "locale", "gender", "address.*"], label: { en: "Loyalty" } },
  { key: "marketing.email", version: "1", basis: "consent", mechanism: "optIn", channels: ["email"], attributes: ["email"], label: { en: "News" } },
  { key: "events.email", version: "1", basis: "consent", mechanism: "optIn", channels: ["email"], attributes: ["email"], label: { en: "Events" } },
  { key: "marketing.sms", version: "1", basis: "consent", mechanism: "optIn", channels: ["sms"], attributes: ["phoneNumber"], label: { en: "SMS" } },
];

/** The part of a configuration that asks of these purposes instead of the usual ones. */
export function askingFor(purposes: VolentiConfiguration["purposes"]): Partial<VolentiConfiguration> {
  return { purposes, notices: BASE.notices.map((notice) => ({ ...notice, purposes: purposes.map(({ key }) => key) })) };
}

const BASE: Omit<VolentiConfiguration, "destinations" | "keys"> = {
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
  routes: [{ to: ["crm"] }],
  residency: "none",
};

let count = 0;

/** A customer's submission; `at`: milliseconds after {@link START}, or before. */
export function submissionOf(request: {
  email: string;
  at?: number;
  profile?: Record<string, unknown> | null;
  decisions?: readonly { purpose: string; channel?: string; status: string }[];
  submissionId?: string;
}): Record<string, unknown> {
  const { email, at = -60_000, profile, decisions = [], submissionId } = request;
  count += 1;
  return {
    submissionId: submissionId ?? `5f0f5e0e-6a1e-4a53-9d0b-${String(count).padStart(12, "0")}`,
    collectionPoint: "paris-flagship",
    occurredAt: new Date(START + at).toISOString(),
    country: "FR",
    subject: { identifiers: [{ kind: "email", value: email }], ageBand: "adult" },
    ...(profile === null ? {} : { profile: profile ?? { givenName: "Inès", familyName: "Moreau", email, locale: "fr-FR" } }),
    decisions: decisions.map((decision) => ({ ...decision, notice: "signup", noticeVersion: "3", locale: "fr-FR", method: "checkbox" })),
  };
}

export const NEWS = { purpose: "marketing.email", channel: "email" };
export const EVENTS = { purpose: "events.email", channel: "email" };
export const SMS = { purpose: "marketing.sms", channel: "sms" };
