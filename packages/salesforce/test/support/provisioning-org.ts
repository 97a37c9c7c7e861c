import { createTestKeyring } from "@volenti/conformance";
import { systemClock, webCrypto, type Catalogue, type CataloguedNotice, type CataloguedPurpose, type Clock } from "@volenti/core/adapter";
import { createSalesforceEmulator, listenOnLoopback, type SalesforceEmulator, type SalesforceEmulatorOptions } from "@volenti/emulators";
import { onTestFinished } from "vitest";
import { resolveSettings } from "../../src/resolve-settings.ts";
import type { SalesforceConnectorOptions } from "../../src/salesforce-connector-options.ts";
import { createSalesforceSession } from "../../src/transport/create-salesforce-session.ts";
import type { SalesforceSession } from "../../src/transport/salesforce-session.ts";

/** A deployment is polled; a test does not wait for it. */
const clock: Clock = { now: () => systemClock.now(), sleep: () => Promise.resolve() };

export function purpose(request: Partial<CataloguedPurpose> & { key: string }): CataloguedPurpose {
  return {
    version: "1",
    label: { en: `About ${request.key}` },
    basis: "consent",
    mechanism: "optIn",
    channels: [],
    attributes: ["*"],
    recipients: [],
    covers: [],
    demands: {},
    sha256: "0".repeat(64),
    current: true,
    ...request,
  };
}

export function notice(request: Partial<CataloguedNotice> & { id: string }): CataloguedNotice {
  return {
    version: "1",
    locale: "en-GB",
    firstLayer: "We write to those who want it.",
    text: "We write to those who want it, and to nobody else.",
    policyUrl: "https://example.com/privacy",
    purposes: [],
    standalone: true,
    sha256: "0".repeat(64),
    ...request,
  };
}

export const CATALOGUE: Catalogue = {
  purposes: [
    purpose({ key: "marketing.email", version: "1", label: { en: "Old words" }, channels: ["email"], current: false }),
    purpose({ key: "marketing.email", version: "2", channels: ["email"] }),
    purpose({ key: "marketing.mobile", channels: ["sms", "phone"] }),
    purpose({ key: "loyalty", mechanism: "noticeOnly", basis: "contract" }),
  ],
  notices: [
    notice({ id: "signup", version: "3", purposes: ["marketing.email@2", "marketing.mobile"] }),
    notice({ id: "signup", version: "3", locale: "fr-FR", purposes: ["marketing.email@2", "marketing.mobile"] }),
  ],
};

export interface ProvisioningOrg {
  readonly emulator: SalesforceEmulator;
  /** A session of its own with the same org, as another process has it. */
  open: (options?: Partial<SalesforceConnectorOptions>, catalogue?: Catalogue) => SalesforceSession;
}

export async function openProvisioningOrg(options: SalesforceEmulatorOptions = {}): Promise<ProvisioningOrg> {
  const emulator = createSalesforceEmulator(options);
  const server = await listenOnLoopback({ handle: (call) => emulator.handle(call) });
  const sessions: SalesforceSession[] = [];
  onTestFinished(async () => {
    await Promise.all(sessions.map((session) => session.close()));
    await server.close();
  });
  const { clientId, clientSecret } = emulator.credentials;
  return {
    emulator,
    open: (own = {}, catalogue = CATALOGUE) => {
      const session = createSalesforceSession({
        settings: resolveSettings({
          loginUrl: server.url,
          auth: { kind: "clientCredentials", clientId, clientSecret },
          region: "EU",
          allowInsecureHttp: true,
          ...own,
        }),
      });
      session.attach({ destinationId: "crm", controllerId: "brand", catalogue, keyring: createTestKeyring(), crypto: webCrypto, clock });
      sessions.push(session);
      return session;
    },
  };
}
