import { ConnectorError } from "@volenti/core/adapter";
import type { CatalogueReport } from "../catalogue/catalogue-registration.ts";
import { CONNECTOR_ID } from "../error/map-postgres-error.ts";
import { STATEMENTS } from "../transport/statements.ts";
import type { StoreCall, StoreSessions } from "../transport/store-sessions.ts";
import { pendingMigrations } from "./provisioning-facet.ts";

/**
 * The same sessions, whose calls tell a store that an earlier version provisioned (`schemaOutdated`) from one that nobody
 * did (`notProvisioned`): to PostgreSQL, both lack what the call names. Asks the store only after such a failure.
 */
export function tellOutdated(sessions: StoreSessions): StoreSessions {
  return {
    ...sessions,
    run: async (call) => {
      try {
        return await sessions.run(call);
      } catch (error) {
        const isMissing = ConnectorError.isInstance(error) && error.providerCode === "notProvisioned";
        if (!isMissing || !(await isOutdated({ sessions, call }))) throw error;
        throw new ConnectorError({ code: error.code, connectorId: CONNECTOR_ID, operation: call.operation, providerCode: "schemaOutdated", cause: error });
      }
    },
  };
}

async function isOutdated(request: { sessions: StoreSessions; call: StoreCall }): Promise<boolean> {
  const { sessions, call: { operation, signal } } = request;
  try {
    // A function of the first release, which whoever writes or reads may call; of no catalogue, it compares none.
    const report = await sessions.run({ operation, role: "writer", statement: STATEMENTS.compareCatalogue, parameters: ["[]", "[]"], effect: "read", signal });
    return pendingMigrations((report as CatalogueReport).migrations).length > 0;
  } catch {
    signal?.throwIfAborted();
    return false;
  }
}
