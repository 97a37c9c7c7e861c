import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  systemClock,
  type Catalogue,
  type ConnectorContextV1,
  type ConnectorV1,
  type Keyring,
} from "@volenti/core/adapter";
import { createRegionalStore } from "../../src/index.ts";
import type { RegionalStoreOptions } from "../../src/index.ts";
import { startPostgresql, type PostgresqlServer } from "../../../../tools/test-support/start-postgresql.ts";
import { createTestKeyring, nodeCrypto } from "./test-keyring.ts";

export const CATALOGUE: Catalogue = {
  purposes: [
    {
      key: "marketing.email", version: "2", label: { en: "News" }, basis: "consent", mechanism: "optIn", channels: ["email", "sms"],
      attributes: ["email"], recipients: [], covers: ["1"], demands: {}, sha256: "11".repeat(32), current: true,
    },
    {
      key: "loyalty", version: "1", label: { en: "Loyalty" }, basis: "contract", mechanism: "noticeOnly", channels: [],
      attributes: ["*"], recipients: [], covers: [], demands: {}, sha256: "22".repeat(32), current: true,
    },
  ],
  notices: [
    {
      id: "signup", version: "3", locale: "fr-FR", firstLayer: "…", text: "…", policyUrl: "https://example.com/privacy",
      purposes: ["marketing.email"], standalone: true, sha256: "ab".repeat(32),
    },
  ],
};

export function makeContext(options: { keyring?: Keyring; catalogue?: Catalogue } = {}): ConnectorContextV1 {
  return {
    destinationId: "eu",
    controllerId: "maison-exemple",
    catalogue: options.catalogue ?? CATALOGUE,
    keyring: options.keyring ?? createTestKeyring(),
    crypto: nodeCrypto,
    clock: systemClock,
  };
}

export function openStore(options: Partial<RegionalStoreOptions> & { url: string; keyring?: Keyring; catalogue?: Catalogue }): ConnectorV1 {
  const { keyring, catalogue, ...storeOptions } = options;
  // Opening an embedded store takes long on a busy machine, and is no test's matter.
  const store = createRegionalStore({ region: "EU", timeoutInMs: 120_000, ...storeOptions });
  store.attach(makeContext({ ...(keyring === undefined ? {} : { keyring }), ...(catalogue === undefined ? {} : { catalogue }) }));
  return store;
}

/** A place to open stores in, one that is provisioned, on PostgreSQL or embedded. */
export interface StoreHome {
  readonly kind: "postgresql" | "embedded";
  /** Null when embedded. */
  readonly server: PostgresqlServer | null;
  /** The URL of a fresh, provisioned store. */
  makeStoreUrl(): Promise<string>;
  end(): Promise<void>;
}

export async function findHome(kind: "postgresql" | "embedded"): Promise<StoreHome> {
  const server = kind === "postgresql" ? await startPostgresql() : null;
  if (server === null) {
    if (kind === "postgresql") process.stderr.write("No PostgreSQL was found: these tests run on the embedded store instead.\n");
    const folder = await mkdtemp(join(tmpdir(), "volenti-embedded-"));
    let count = 0;
    return {
      kind: "embedded",
      server: null,
      makeStoreUrl: () => Promise.resolve(`file:${join(folder, `store-${(count += 1)}`)}`),
      end: () => rm(folder, { recursive: true, force: true }),
    };
  }
  return {
    kind: "postgresql",
    server,
    makeStoreUrl: async () => {
      const url = await server.createDatabase();
      const store = openStore({ url });
      await store.provisioning?.apply();
      await store.close();
      return url;
    },
    end: () => server.stop(),
  };
}
