import { applySourceFolder, createSalesforceEmulator, listenOnLoopback, type SalesforceEmulator, type SalesforceEmulatorOptions } from "@volenti/emulators";
import {
  webCrypto,
  type ChangeFeedFacetV1,
  type ConnectorContextV1,
  type ConsentFacetV1,
  type ConsentHistoryFacetV1,
  type ErasureFacetV1,
  type ProfilesFacetV1,
  type SystemChangeV1,
} from "@volenti/core/adapter";
import { createTestCatalogue, createTestClock, createTestKeyring } from "@volenti/conformance";
import { onTestFinished } from "vitest";
import { createChangeFeed } from "../../src/change-feed/create-change-feed.ts";
import { createHistoryReader } from "../../src/consent/list-decisions.ts";
import { createConsentReader } from "../../src/consent/read-consent.ts";
import { createEraser } from "../../src/erasure/erase-subject.ts";
import { channelKeySource, digestKeys, purposeKeySource } from "../../src/mapping/row-keys.ts";
import { createProfileReader } from "../../src/profile/read-profile.ts";
import { createProvisioner } from "../../src/provisioning/create-provisioner.ts";
import { resolveSettings } from "../../src/resolve-settings.ts";
import type { SalesforceConnectorOptions } from "../../src/salesforce-connector-options.ts";
import { createSalesforceSession } from "../../src/transport/create-salesforce-session.ts";
import type { SalesforceSession } from "../../src/transport/salesforce-session.ts";
import { readSourceFolder } from "./read-source-folder.ts";

const CONTROLLER_ID = "maison-exemple";

/** The facets of one connector over an org that has the package and the catalogue. */
export interface TestOrg {
  readonly emulator: SalesforceEmulator;
  readonly session: SalesforceSession;
  readonly context: ConnectorContextV1;
  readonly consent: ConsentFacetV1;
  readonly history: ConsentHistoryFacetV1;
  readonly profiles: ProfilesFacetV1;
  readonly erasure: ErasureFacetV1;
  readonly changeFeed: ChangeFeedFacetV1;
  listChanges(cursor?: string | null): Promise<SystemChangeV1[]>;
}

export async function openTestOrg(request: { org?: SalesforceEmulatorOptions; options?: Partial<SalesforceConnectorOptions> } = {}): Promise<TestOrg> {
  const emulator = createSalesforceEmulator({ now: createOrgClock(), ...request.org });
  deployPackage(emulator);
  const context = await createContext();
  await addCatalogue({ emulator, context });
  const server = await listenOnLoopback({ handle: (call) => emulator.handle(call) });
  const session = createSalesforceSession({ settings: resolveSettings({ ...loginTo({ emulator, url: server.url }), ...request.options }) });
  session.attach(context);
  // The package is for Contacts: what an org with person accounts needs, the connector adds.
  if (request.options?.profileObject === "PersonAccount") await createProvisioner(session).apply();
  onTestFinished(async () => {
    await session.close();
    await server.close();
  });
  const changeFeed = createChangeFeed(session);
  return {
    emulator,
    session,
    context,
    consent: createConsentReader(session),
    history: createHistoryReader(session),
    profiles: createProfileReader(session),
    erasure: createEraser(session),
    changeFeed,
    listChanges: async (cursor = null) => {
      const changes: SystemChangeV1[] = [];
      for await (const change of changeFeed.listChanges({ cursor })) changes.push(change);
      return changes;
    },
  };
}

export function deployPackage(emulator: SalesforceEmulator): void {
  const { schema, permissionSets } = emulator.org;
  applySourceFolder({ schema, permissionSets, files: readSourceFolder() });
  emulator.org.assignPermissionSet({ name: "VolentiIntegration" });
}

export function loginTo(request: { emulator: SalesforceEmulator; url: string }): SalesforceConnectorOptions {
  const { clientId, clientSecret } = request.emulator.credentials;
  return { loginUrl: request.url, auth: { kind: "clientCredentials", clientId, clientSecret }, region: "EU", allowInsecureHttp: true };
}

/** Goes on by itself, a little with every look: no test waits, and no two rows need to be of one instant. */
export function createOrgClock(start: number = Date.UTC(2026, 5, 20, 12, 0, 0)): () => number {
  let now = start;
  return () => (now += 1);
}

async function createContext(): Promise<ConnectorContextV1> {
  return {
    destinationId: "crm",
    controllerId: CONTROLLER_ID,
    catalogue: await createTestCatalogue(webCrypto),
    keyring: createTestKeyring(),
    crypto: webCrypto,
    clock: createTestClock(),
  };
}

/** What `provision` keeps in step: a row a purpose, and one a channel without a type of its own. */
async function addCatalogue(request: { emulator: SalesforceEmulator; context: ConnectorContextV1 }): Promise<void> {
  const { emulator, context } = request;
  const purposes = context.catalogue.purposes.map(({ key }) => key);
  const [smsKey = "", ...purposeKeys] = await digestKeys({
    crypto: context.crypto,
    sources: [channelKeySource({ controllerId: CONTROLLER_ID, channel: "sms" }), ...purposes.map((purpose) => purposeKeySource({ controllerId: CONTROLLER_ID, purpose }))],
  });
  emulator.org.insert({ objectName: "EngagementChannelType", values: { Name: "sms", VolentiKey__c: smsKey } });
  purposes.forEach((purpose, index) => emulator.org.insert({ objectName: "DataUsePurpose", values: { Name: purpose, VolentiKey__c: purposeKeys[index] ?? "" } }));
}
