import type { ConnectorV1 } from "@volenti/core/adapter";
import { createLogKeeper } from "./checkpoints/keep-log.ts";
import { createHistoryReader } from "./consent/list-decisions.ts";
import { createConsentReader } from "./consent/read-consent.ts";
import { createCustody } from "./custody/keep-custody.ts";
import { createFollowUps } from "./custody/keep-follow-ups.ts";
import { createRecordIds } from "./custody/keep-record-ids.ts";
import { createEraser } from "./erasure/erase-subject.ts";
import { writeBatch } from "./intake/write-batch.ts";
import { createLedger } from "./ledger/consult-ledger.ts";
import type { MemoryConnectorOptions } from "./memory-connector-options.ts";
import { memoryTraits } from "./memory-traits.ts";
import { createOverview } from "./overview/read-overview.ts";
import { createPopulation } from "./population/list-people.ts";
import { createProfileReader } from "./profile/read-profile.ts";
import { createProvisioner } from "./provisioning/provision-catalogue.ts";
import { CONNECTOR_ID, createMemorySession } from "./transport/memory-session.ts";
import { createMemorySystem } from "./transport/memory-system.ts";

/**
 * A connector whose system is this process's memory: for tests, for trying things out, and as the template that new
 * connectors are copied from. Everything is lost with the process.
 */
export function createMemoryConnector(options: MemoryConnectorOptions): ConnectorV1 {
  const hasLedger = options.ledger ?? true;
  const session = createMemorySession(options.system ?? createMemorySystem());
  const close = async (): Promise<void> => session.close();
  return {
    specificationVersion: "v1",
    connectorId: CONNECTOR_ID,
    region: options.region,
    ...(options.transferMechanism === undefined ? {} : { transferMechanism: options.transferMechanism }),
    traits: memoryTraits({ hasLedger }),
    intake: { write: (batch) => writeBatch({ session, hasLedger, batch }) },
    consent: createConsentReader(session),
    consentHistory: createHistoryReader(session),
    profiles: createProfileReader({ session, hasLedger }),
    overview: createOverview({ session, hasLedger }),
    ...(hasLedger ? { ledger: createLedger(session), custody: createCustody(session), checkpoints: createLogKeeper(session), followUps: createFollowUps(session), recordIds: createRecordIds(session) } : {}),
    erasure: createEraser(session),
    population: createPopulation(session),
    provisioning: createProvisioner(session),
    attach: (context) => session.attach(context),
    checkConnection: () =>
      session.call({
        operation: "checkConnection",
        changes: false,
        about: null,
        work: async () => ({
          findings: [
            { severity: "warning", code: "durabilityNone", message: "Everything is lost when this process ends." },
          ],
        }),
      }),
    close,
    [Symbol.asyncDispose]: close,
  };
}
