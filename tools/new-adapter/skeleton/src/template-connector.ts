import type { ConnectorV1 } from "@volenti/core/adapter";
import { createHistoryReader } from "./consent/list-decisions.ts";
import { createConsentReader } from "./consent/read-consent.ts";
import { createEraser } from "./erasure/erase-subject.ts";
import { writeBatch } from "./intake/write-batch.ts";
import { createProfileReader } from "./profile/read-profile.ts";
import { createProvisioner } from "./provisioning/provision-system.ts";
import type { TemplateConnectorOptions } from "./template-connector-options.ts";
import { TEMPLATE_TRAITS } from "./template-traits.ts";
import { CONNECTOR_ID, createTemplateSession } from "./transport/template-session.ts";

/** A connector to Template. Leave out the members that the system cannot serve: what is absent is never called. */
export function createTemplateConnector(options: TemplateConnectorOptions): ConnectorV1 {
  const session = createTemplateSession();
  const close = async (): Promise<void> => session.close();
  return {
    specificationVersion: "v1",
    connectorId: CONNECTOR_ID,
    region: options.region,
    ...(options.transferMechanism === undefined ? {} : { transferMechanism: options.transferMechanism }),
    traits: TEMPLATE_TRAITS,
    intake: { write: (batch) => writeBatch({ session, batch }) },
    consent: createConsentReader(session),
    consentHistory: createHistoryReader(session),
    profiles: createProfileReader(session),
    erasure: createEraser(session),
    provisioning: createProvisioner(session),
    attach: (context) => session.attach(context),
    checkConnection: () => session.call({ operation: "checkConnection" }),
    close,
    [Symbol.asyncDispose]: close,
  };
}
