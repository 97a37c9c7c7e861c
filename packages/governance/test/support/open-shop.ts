import { randomUUID } from "node:crypto";
import { createVolenti, type Anchor, type Keyring, type SubmissionResult, type Volenti, type VolentiConfiguration } from "@volenti/core";
import type { ConnectorV1 } from "@volenti/core/adapter";
import { createGovernance, type Governance } from "@volenti/governance";
import { createMemoryConnector, createMemorySystem, type MemorySystem } from "@volenti/memory";
import { createMemoryKeyring } from "./memory-keyring.ts";

/** A brand with a ledger and a CRM that takes copies, and what a test does to them. */
export interface Shop {
  readonly volenti: Volenti;
  readonly governance: Governance;
  /** The systems behind the destinations, to look into and to break. */
  readonly ledger: MemorySystem;
  readonly crm: MemorySystem;
  submit(changes?: SubmissionChanges): Promise<SubmissionResult>;
}

export interface SubmissionChanges {
  readonly email?: string;
  readonly country?: string;
  readonly phone?: string;
  readonly loyaltyId?: string;
  readonly occurredAt?: string;
  readonly profile?: Readonly<Record<string, unknown>>;
  readonly decisions?: readonly Readonly<Record<string, unknown>>[];
  readonly test?: boolean;
}

export const NOW = Date.UTC(2026, 10, 21, 12);

export function decide(status: string, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const notice = { notice: "signup", noticeVersion: "3", locale: "fr-FR", method: "checkbox" };
  return { purpose: "marketing.email", channel: "email", status, ...notice, ...changes };
}

/** Seen, of the purpose that has no channels. */
export function acknowledgeLoyalty(): Record<string, unknown> {
  const { channel: _, ...decision } = decide("acknowledged", { purpose: "loyalty" });
  return decision;
}

const PURPOSES: VolentiConfiguration["purposes"] = [
  { key: "loyalty", version: "1", basis: "contract", mechanism: "noticeOnly", attributes: ["*"], label: { en: "Loyalty" } },
  { key: "marketing.email", version: "1", basis: "consent", mechanism: "optIn", channels: ["email"], attributes: ["email"], label: { en: "News" } },
];

export function openShop(
  options: {
    controllerId?: string;
    /** Whether the CRM has a ledger of its own, and so refs of its own. */
    crmLedger?: boolean;
    retry?: { readonly maxAttempts: number };
    purposes?: VolentiConfiguration["purposes"];
    routes?: readonly { readonly countries?: readonly string[]; readonly to: readonly string[] }[];
    /** Members of the configuration that differ. */
    configuration?: Partial<VolentiConfiguration>;
    keys?: Keyring;
    anchors?: readonly Anchor[];
    change?: (connectors: { ledger: ConnectorV1; crm: ConnectorV1 }) => Record<string, ConnectorV1>;
    /** For a test that lets time pass; default: it stands still. */
    now?: () => number;
  } = {},
): Shop {
  const [ledger, crm] = [createMemorySystem(), createMemorySystem()];
  const connectors = {
    ledger: createMemoryConnector({ region: "FR", system: ledger }),
    crm: createMemoryConnector({ region: "IE", system: crm, ledger: options.crmLedger ?? false }),
  };
  const purposes = options.purposes ?? PURPOSES;
  const destinations = options.change?.(connectors) ?? connectors;
  const volenti = createVolenti(
    {
      controller: {
        id: options.controllerId ?? "maison-exemple",
        name: "Maison Exemple",
        country: "FR",
        contact: "privacy@example.com",
        privacyPolicyUrl: "https://example.com/privacy",
      },
      purposes,
      notices: [
        {
          id: "signup",
          version: "3",
          locale: "fr-FR",
          purposes: purposes.map(({ key }) => key),
          standalone: true,
          firstLayer: "F",
          text: "T",
          policyUrl: "https://example.com/fr/privacy",
        },
      ],
      destinations,
      routes: options.routes ?? [{ to: Object.keys(destinations) }],
      residency: "none",
      identity: { precedence: ["loyaltyId", "email", "phone"] },
      keys: options.keys ?? createMemoryKeyring({ signingKeyId: "signing-1" }),
      anchors: options.anchors,
      retry: options.retry ?? { maxAttempts: 1 },
      ...options.configuration,
    },
    { clock: { now: options.now ?? (() => NOW), sleep: async () => {} }, random: () => 0 },
  );
  return { volenti, governance: createGovernance(volenti), ledger, crm, submit: (changes = {}) => volenti.collect(toSubmission(changes)) };
}

export function toSubmission(changes: SubmissionChanges): unknown {
  const { email = "ines@example.com", country = "FR", phone, loyaltyId, occurredAt = "2026-11-21T10:00:00.000Z", profile, decisions, test } = changes;
  const identifiers = [
    { kind: "email", value: email },
    ...(phone === undefined ? [] : [{ kind: "phone", value: phone }]),
    ...(loyaltyId === undefined ? [] : [{ kind: "loyaltyId", value: loyaltyId }]),
  ];
  return {
    submissionId: randomUUID(),
    collectionPoint: "paris-flagship",
    occurredAt,
    country,
    subject: { identifiers },
    profile: profile ?? { givenName: "Inès", email },
    decisions: decisions ?? [decide("given")],
    ...(test === undefined ? {} : { test }),
  };
}
