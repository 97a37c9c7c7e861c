import { ConnectorError, type ConnectorContextV1, type ConnectorV1 } from "@volenti/core/adapter";
import { createCatalogueRegistration } from "./catalogue/catalogue-registration.ts";
import { createCheckpoints } from "./checkpoints/checkpoints-facet.ts";
import { checkStoreConnection } from "./connection/check-connection.ts";
import { createConsent } from "./consent/consent-facet.ts";
import { createConsentHistory } from "./consent/consent-history-facet.ts";
import { createCustody } from "./custody/custody-facet.ts";
import { createFollowUps } from "./custody/follow-ups.ts";
import { createRecordIds } from "./custody/record-ids.ts";
import { createRewrapping } from "./encryption/rewrapping-facet.ts";
import { createErasure } from "./erasure/erasure-facet.ts";
import { CONNECTOR_ID } from "./error/map-postgres-error.ts";
import { createIntake } from "./intake/write-batch.ts";
import { createLedger } from "./ledger/consult-ledger.ts";
import { createKeyDirectory } from "./ledger/key-directory.ts";
import { createSubjectCache } from "./ledger/subject-cache.ts";
import { createPopulation } from "./population/population-facet.ts";
import { createOverview } from "./overview/overview-facet.ts";
import { createProfiles } from "./profile/profiles-facet.ts";
import { applySteps, createProvisioning } from "./provisioning/provisioning-facet.ts";
import { tellOutdated } from "./provisioning/tell-outdated.ts";
import type { RegionalStoreOptions, ResolvedOptions } from "./regional-store-options.ts";
import { REGIONAL_STORE_TRAITS } from "./regional-store-traits.ts";
import { resolveOptions } from "./resolve-options.ts";
import type { StoreParts } from "./store-parts.ts";
import { createEmbeddedSessions } from "./transport/embedded-sessions.ts";
import { createPostgresSessions } from "./transport/postgres-sessions.ts";
import type { StoreSessions } from "./transport/store-sessions.ts";

// A person takes some 300 bytes of it: a batch of 500 is looked up long before 20,000 others were.
const CACHED_SUBJECTS = 20_000;

/**
 * A store on the brand's own servers: PostgreSQL 15 or later, or an embedded one for development and demonstration. It
 * is a ledger: it remembers who is who, keeps every decision, and answers what stands. Values of people are encrypted
 * before they leave this process, under a key for each person; identifiers are kept only as keyed digests.
 *
 * Making it does no I/O. An embedded store provisions itself at its first use; a server through `provisioning`.
 * Throws `invalidConfiguration` on options that cannot work.
 */
export function createRegionalStore(options: RegionalStoreOptions): ConnectorV1 {
  const resolved = resolveOptions(options);
  let attached: StoreParts | undefined;
  const parts = (): StoreParts => {
    if (attached !== undefined) return attached;
    throw new ConnectorError({ code: "invalidConfiguration", connectorId: CONNECTOR_ID, operation: "attach", providerCode: "notAttached" });
  };
  const close = async (): Promise<void> => {
    await attached?.sessions.close();
  };
  return {
    specificationVersion: "v1",
    connectorId: CONNECTOR_ID,
    region: options.region,
    transferMechanism: options.transferMechanism,
    traits: REGIONAL_STORE_TRAITS,
    intake: createIntake({ parts }),
    ledger: createLedger({ parts }),
    consent: createConsent({ parts }),
    consentHistory: createConsentHistory({ parts }),
    checkpoints: createCheckpoints({ parts }),
    profiles: createProfiles({ parts }),
    overview: createOverview({ parts }),
    erasure: createErasure({ parts }),
    custody: createCustody({ parts }),
    followUps: createFollowUps({ parts }),
    recordIds: createRecordIds({ parts }),
    population: createPopulation({ parts }),
    rewrapping: createRewrapping({ parts }),
    provisioning: createProvisioning({ sessions: () => parts().sessions }),
    attach: (context) => {
      attached ??= assemble({ context, sessions: createSessions({ options, resolved, context }) });
    },
    checkConnection: () => checkStoreConnection({ parts: parts(), isEmbedded: resolved.embeddedFolder !== null }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function assemble(request: { context: ConnectorContextV1; sessions: StoreSessions }): StoreParts {
  const { context, sessions } = request;
  const keys = createKeyDirectory(context.keyring);
  return {
    context,
    sessions,
    keys,
    registration: createCatalogueRegistration({ sessions: () => sessions, catalogue: context.catalogue, keys }),
    subjects: createSubjectCache({ capacity: CACHED_SUBJECTS }),
  };
}

function createSessions(request: {
  options: RegionalStoreOptions;
  resolved: ResolvedOptions;
  context: ConnectorContextV1;
}): StoreSessions {
  const { options, resolved, context } = request;
  const { embeddedFolder, timeoutInMs, maxConnections, poolingMode } = resolved;
  if (embeddedFolder === null) {
    return tellOutdated(createPostgresSessions({ url: options.url, pool: options.pool, tls: options.tls, poolingMode, timeoutInMs, maxConnections }));
  }
  return createEmbeddedSessions({
    folder: embeddedFolder,
    clock: context.clock,
    timeoutInMs,
    provision: async (transaction) => {
      await applySteps(transaction);
    },
  });
}
