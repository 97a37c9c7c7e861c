import type { ConnectorV1 } from "@volenti/core/adapter";
import { createChangeFeed } from "./change-feed/create-change-feed.ts";
import { createHistoryReader } from "./consent/list-decisions.ts";
import { createConsentReader } from "./consent/read-consent.ts";
import { guardOf } from "./doctor/guard-of.ts";
import { checkConnection } from "./doctor/check-connection.ts";
import { proveGuards } from "./doctor/prove-guards.ts";
import { createEraser } from "./erasure/erase-subject.ts";
import { estimateCalls } from "./estimate-calls.ts";
import { writeBatch } from "./intake/write-batch.ts";
import { createLinker } from "./link/create-linker.ts";
import { createOverview } from "./overview/create-overview.ts";
import { createProfileReader } from "./profile/read-profile.ts";
import { createProvisioner } from "./provisioning/create-provisioner.ts";
import { resolveSettings } from "./resolve-settings.ts";
import type { SalesforceConnectorOptions } from "./salesforce-connector-options.ts";
import { salesforceTraits } from "./salesforce-traits.ts";
import { createSalesforceSession } from "./transport/create-salesforce-session.ts";
import { CONNECTOR_ID } from "./transport/salesforce-session.ts";

/**
 * A connector to one Salesforce org: profiles as Contacts or person accounts with their Individuals, what stands as
 * ContactPointTypeConsent, and every decision as a row of VolentiDecision__c. `volenti provision` makes what the org
 * lacks; `docs/connectors/salesforce.md` is the administrator's page.
 */
export function createSalesforceConnector(options: SalesforceConnectorOptions): ConnectorV1 {
  const settings = resolveSettings(options);
  const session = createSalesforceSession({ settings });
  const close = (): Promise<void> => session.close();
  return {
    specificationVersion: "v1",
    connectorId: CONNECTOR_ID,
    region: options.region,
    ...(options.transferMechanism === undefined ? {} : { transferMechanism: options.transferMechanism }),
    // What a probe disproved is not claimed any more.
    get traits() {
      return salesforceTraits({ settings, guard: guardOf(session) });
    },
    intake: { write: (batch) => writeBatch({ session, batch }) },
    consent: createConsentReader(session),
    ...(settings.decisionLog ? { consentHistory: createHistoryReader(session) } : {}),
    profiles: createProfileReader(session),
    overview: createOverview(session),
    erasure: createEraser(session),
    provisioning: createProvisioner(session),
    changeFeed: createChangeFeed(session),
    linking: createLinker(session),
    attach: (context) => session.attach(context),
    checkConnection: () => checkConnection(session),
    checkAccess: () => session.signIn({ operation: "checkAccess" }),
    selfTest: () => proveGuards(session),
    estimateCalls: ({ people, decisions }) => estimateCalls({ settings, people, decisions }),
    close,
    [Symbol.asyncDispose]: close,
  };
}
