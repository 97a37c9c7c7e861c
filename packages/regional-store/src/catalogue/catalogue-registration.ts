import { ConnectorError, type Catalogue, type KeyDescription } from "@volenti/core/adapter";
import { CONNECTOR_ID } from "../error/map-postgres-error.ts";
import type { KeyDirectory } from "../ledger/key-directory.ts";
import type { RecordedMigration } from "../provisioning/provisioning-facet.ts";
import { STATEMENTS } from "../transport/statements.ts";
import type { StoreSessions } from "../transport/store-sessions.ts";

/** What the store says of a catalogue and of keys. */
export interface CatalogueReport {
  readonly changedPurposes: readonly string[];
  readonly changedNotices: readonly string[];
  readonly keys: readonly { readonly keyId: string; readonly kind: string }[];
  readonly migrations: readonly RecordedMigration[];
  /** Null where no migration is recorded. */
  readonly drifted: boolean | null;
}

export interface CatalogueRegistration {
  /**
   * Makes sure that the store knows this catalogue and these keys: one round trip, once a process. Rejects with
   * `invalidConfiguration` (`catalogueChanged`, `keyMissing`) where the store knows them otherwise.
   */
  ensure(request: { signal?: AbortSignal | undefined }): Promise<void>;
}

export function createCatalogueRegistration(request: {
  sessions: () => StoreSessions;
  catalogue: Catalogue;
  keys: KeyDirectory;
}): CatalogueRegistration {
  const { sessions, catalogue, keys } = request;
  let registered: ReadonlySet<string> | undefined;
  return {
    ensure: async ({ signal }) => {
      const described = await keys.list();
      if (registered !== undefined && activeKeys(described).every(({ keyId }) => registered?.has(keyId) === true)) return;
      const report = (await sessions().run({
        operation: "ledger.registerCatalogue",
        role: "writer",
        statement: STATEMENTS.registerCatalogue,
        parameters: [...catalogueParameters(catalogue), JSON.stringify(activeKeys(described))],
        effect: "read",
        signal,
      })) as CatalogueReport;
      refuseOtherCatalogue({ report, described });
      registered = new Set(activeKeys(described).map(({ keyId }) => keyId));
    },
  };
}

/** The catalogue as the store's functions take it. */
export function catalogueParameters(catalogue: Catalogue): [string, string] {
  const purposes = catalogue.purposes.map(({ key, version, sha256, covers, channels, current }) => ({
    key, version, sha256: `\\x${sha256}`, covers, channels, current,
  }));
  const notices = catalogue.notices.map(({ id, version, locale, sha256 }) => ({ id, version, locale, sha256: `\\x${sha256}` }));
  return [JSON.stringify(purposes), JSON.stringify(notices)];
}

/** Ids of keys that the store's contents were made with and the keyring lacks. */
export function missingKeys(request: { report: CatalogueReport; described: readonly KeyDescription[] }): readonly string[] {
  const known = new Set(request.described.map(({ keyId }) => keyId));
  return request.report.keys.map(({ keyId }) => keyId).filter((keyId) => !known.has(keyId));
}

function refuseOtherCatalogue(request: { report: CatalogueReport; described: readonly KeyDescription[] }): void {
  const { report } = request;
  const fail = (providerCode: string, fieldNames: readonly string[]): ConnectorError =>
    new ConnectorError({ code: "invalidConfiguration", connectorId: CONNECTOR_ID, operation: "ledger.registerCatalogue", providerCode, fieldNames });
  const changed = [...report.changedPurposes, ...report.changedNotices];
  if (changed.length > 0) throw fail("catalogueChanged", changed);
  const missing = missingKeys(request);
  if (missing.length > 0) throw fail("keyMissing", missing);
}

function activeKeys(described: readonly KeyDescription[]): readonly { keyId: string; kind: string }[] {
  return described.filter(({ status }) => status === "active").map(({ keyId, kind }) => ({ keyId, kind }));
}
