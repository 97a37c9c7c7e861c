import type { ConnectorContextV1 } from "@volenti/core/adapter";
import type { Settings } from "../../src/settings.ts";
import { createCegidSession, type CegidSession } from "../../src/transport/cegid-session.ts";

/** A tenant's settings, resolved. */
const SETTINGS: Settings = {
  baseUrl: "https://y2.example/Y2",
  folderId: "90000001_001_TEST",
  username: "90000001_001_TEST\\WSVOLENTI",
  password: "pässwörd",
  timeZone: "Europe/Paris",
  privacyGranularity: "item",
  usualStoreId: "001",
  consent: { optIns: new Map(), partnerPurpose: null, receiptPurpose: null, writeEmailingAccepted: true, writeDirectMail: true, purposeFields: new Map() },
  slots: null,
  linkField: null,
  refField: null,
  testField: null,
  customerList: null,
  customerIdStrategy: "deterministic",
  matchKeys: [],
  profile: {
    targets: new Map(),
    placeholderLastName: "-",
    sexes: new Map(),
    titles: new Map(),
    languages: new Map(),
    countryIdType: "ISO2",
    countries: new Map(),
  },
  anonymisation: null,
  absentValues: "reset",
  checksModificationDate: false,
  asksLinkFirst: false,
  reassertRefusalsAfterInMs: 0,
  readAgainAfterInMs: 250,
  timeoutInMs: 30_000,
  maxConcurrency: 4,
  tls: null,
  proxy: null,
  allowInsecureHttp: true,
  privateHosts: [],
  error: null,
};

export function openSession(settings: Partial<Settings>): CegidSession {
  const session = createCegidSession({ settings: { ...SETTINGS, ...settings } });
  const clock = { now: () => NOW, sleep: async () => {} };
  session.attach({ clock } as unknown as ConnectorContextV1);
  return session;
}

export const NOW = Date.UTC(2026, 10, 2, 9);
export const HELLO = { name: "HelloWorld", arguments: { text: "volenti" }, operation: "checkConnection", changes: false } as const;
export const READ = { name: "GetCustomerDetail", arguments: { customerId: "V234" }, operation: "profiles.get", changes: false } as const;
export const WRITE = {
  name: "UpdateCustomer",
  arguments: { customerId: "V234", modifiedData: { LastName: "Example" } },
  operation: "intake.write",
  changes: true,
} as const;

/** What a call was rejected with; fails where it was not. */
export async function rejection(promise: Promise<unknown>): Promise<Record<string, unknown>> {
  const answer = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (answer === null) throw new Error("expected a rejection");
  return answer as Record<string, unknown>;
}
