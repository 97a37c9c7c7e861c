import { createCegidRetailConnector } from "@volenti/cegid-retail";
import { createVolenti, type Keyring, type Volenti } from "@volenti/core";
import type { ConnectorV1 } from "@volenti/core/adapter";
import { createCegidRetailEmulator, listenOnLoopback, type CegidRetailEmulator } from "@volenti/emulators";
import { createMemoryConnector, createMemorySystem } from "@volenti/memory";
import { startConnectionCounter } from "../../tools/test-support/start-connection-counter.ts";
import { shopConfiguration } from "../input/shop-configuration.ts";

const TIME_ZONE = "Europe/Paris";

/** How a folder is written to. */
export interface FolderSetup {
  readonly keys: Keyring;
  /** Who names new customers, else by default: we. */
  readonly customerIdStrategy?: "server" | undefined;
  /** Whether a ledger stands before it on the route, which knows people by their addresses. */
  readonly hasLedger?: boolean | undefined;
}

/** A folder that counts calls and connections, with the brand that writes to it. */
export interface CountingFolder {
  readonly emulator: CegidRetailEmulator;
  volenti(): Volenti;
  /** As another process would begin: all that the brand knows without its systems is forgotten. */
  restart(): Promise<void>;
  /** The most connections that were open at once. */
  peakConnections(): number;
  close(): Promise<void>;
}

/** The shop with one Y2 folder behind its ledger, or as its only destination. */
export async function openCountingFolder(setup: FolderSetup): Promise<CountingFolder> {
  const emulator = createCegidRetailEmulator({ timeZone: TIME_ZONE });
  const server = await listenOnLoopback({ handle: (call) => emulator.handle(call) });
  const relay = await startConnectionCounter(server);
  const system = createMemorySystem();
  const open = (): Volenti => {
    const destination = openDestination({ ...setup, emulator, url: relay.url });
    const configuration = shopConfiguration({ destination, keys: setup.keys });
    if (setup.hasLedger !== true) return createVolenti({ ...configuration, routes: [{ to: ["shop"], history: "latestOnly" }] });
    const ledger = createMemoryConnector({ region: "EU", system });
    return createVolenti({ ...configuration, destinations: { ledger, shop: destination }, routes: [{ to: ["ledger", "shop"] }] });
  };
  let volenti = open();
  return {
    emulator,
    volenti: () => volenti,
    restart: async () => {
      await volenti.close();
      volenti = open();
    },
    peakConnections: () => relay.peak(),
    close: async () => {
      await volenti.close();
      await relay.close();
      await server.close();
    },
  };
}

function openDestination(request: FolderSetup & { emulator: CegidRetailEmulator; url: string }): ConnectorV1 {
  const { customerIdStrategy, emulator, url } = request;
  const { basePath, folderId, username, password } = emulator.credentials;
  return createCegidRetailConnector({
    baseUrl: `${url}${basePath}`,
    folderId,
    username,
    password,
    timeZone: TIME_ZONE,
    privacyGranularity: "item",
    usualStoreId: "001",
    region: "EU",
    slots: { effectiveAt: { userDefinedDate: 3 }, decisionId: { userDefinedText: 3 } },
    refField: { userDefinedText: 2 },
    allowInsecureHttp: true,
    customerIdStrategy,
  });
}
