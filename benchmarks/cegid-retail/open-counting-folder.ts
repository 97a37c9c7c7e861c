import { createCegidRetailConnector } from "@volenti/cegid-retail";
import { createVolenti, type Keyring, type Volenti } from "@volenti/core";
import { createCegidRetailEmulator, listenOnLoopback, type CegidRetailEmulator } from "@volenti/emulators";
import { startConnectionCounter } from "../../tools/test-support/start-connection-counter.ts";
import { shopConfiguration } from "../input/shop-configuration.ts";

const TIME_ZONE = "Europe/Paris";

/** A folder that counts calls and connections, with the brand that writes to it. */
export interface CountingFolder {
  readonly emulator: CegidRetailEmulator;
  readonly volenti: Volenti;
  /** The most connections that were open at once. */
  peakConnections(): number;
  close(): Promise<void>;
}

/** The shop with one Y2 folder as its only destination; `customerIdStrategy`: who names new customers, else by default. */
export async function openCountingFolder(request: { keys: Keyring; customerIdStrategy?: "server" }): Promise<CountingFolder> {
  const { keys, customerIdStrategy } = request;
  const emulator = createCegidRetailEmulator({ timeZone: TIME_ZONE });
  const server = await listenOnLoopback({ handle: (call) => emulator.handle(call) });
  const relay = await startConnectionCounter(server);
  const { basePath, folderId, username, password } = emulator.credentials;
  const destination = createCegidRetailConnector({
    baseUrl: `${relay.url}${basePath}`,
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
  const volenti = createVolenti({ ...shopConfiguration({ destination, keys }), routes: [{ to: ["shop"], history: "latestOnly" }] });
  const close = async (): Promise<void> => {
    await volenti.close();
    await relay.close();
    await server.close();
  };
  return { emulator, volenti, peakConnections: () => relay.peak(), close };
}
