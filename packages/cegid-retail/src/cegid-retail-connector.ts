import type { ConnectorV1 } from "@volenti/core/adapter";
import type { CegidRetailConnectorOptions } from "./cegid-retail-connector-options.ts";
import { toTraits } from "./cegid-retail-traits.ts";
import { createChangeFeed } from "./change-feed/create-change-feed.ts";
import { createConsentReader } from "./consent/read-consent.ts";
import { checkAccess } from "./doctor/check-access.ts";
import { checkConnection } from "./doctor/check-connection.ts";
import { runContractTests, type ContractTestReport } from "./doctor/run-contract-tests.ts";
import { createEraser } from "./erasure/erase-subject.ts";
import { createLookUpOrder } from "./identity/look-up-order.ts";
import { createRefusalWatch } from "./intake/watch-refusals.ts";
import { writeBatch } from "./intake/write-batch.ts";
import { createLinker } from "./link/create-linker.ts";
import { createOverview } from "./overview/create-overview.ts";
import { createProfileReader } from "./profile/read-profile.ts";
import { resolveSettings } from "./resolve-settings.ts";
import { createCegidSession } from "./transport/cegid-session.ts";
import { CONNECTOR_ID } from "./transport/connector-id.ts";

/** The connector of one Y2 folder, with the facets that its options allow. */
export interface CegidRetailConnector extends ConnectorV1 {
  /**
   * Finds out what no public source tells of this tenant: see `volenti doctor --contract-tests`. Creates a customer of its own
   * and closes it; never called but by hand.
   */
  contractTests(): Promise<ContractTestReport>;
}

/**
 * A connector to one folder of Cegid Retail Y2. No ledger: one opt-in a contact point is all that Y2 keeps of consent. Making
 * it does no I/O; wrong options are told by its first call.
 */
export function createCegidRetailConnector(options: CegidRetailConnectorOptions): CegidRetailConnector {
  const settings = resolveSettings(options);
  const session = createCegidSession({ settings });
  const watch = createRefusalWatch(session);
  const order = createLookUpOrder(settings);
  const linking = createLinker(session);
  const changeFeed = createChangeFeed(session);
  const close = async (): Promise<void> => {
    watch.close();
    await session.close();
  };
  return {
    specificationVersion: "v1",
    connectorId: CONNECTOR_ID,
    region: options.region,
    ...(options.transferMechanism === undefined ? {} : { transferMechanism: options.transferMechanism }),
    traits: toTraits(settings),
    intake: { write: (batch) => writeBatch({ session, watch, order, batch }) },
    consent: createConsentReader(session),
    profiles: createProfileReader(session),
    overview: createOverview(session),
    erasure: createEraser(session),
    ...(linking === null ? {} : { linking }),
    ...(changeFeed === null ? {} : { changeFeed }),
    attach: (context) => session.attach(context),
    settleFollowUps: (request) => watch.settle(request),
    checkConnection: () => checkConnection(session),
    checkAccess: () => checkAccess(session),
    contractTests: () => runContractTests(session),
    close,
    [Symbol.asyncDispose]: close,
  };
}
