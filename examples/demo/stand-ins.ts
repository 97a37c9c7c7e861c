import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createSalesforceEmulator, listenOnLoopback, type SalesforceEmulator } from "@volenti/emulators";

/** Where the demonstration keeps what it makes: beside the repository's other throw-away files. */
export const DEMO_FOLDER: URL = new URL("../../.volenti/demo/", import.meta.url);
const ADDRESSES = new URL("stand-ins.json", DEMO_FOLDER);

/** How a stand-in is reached, and as whom: made for one run, in memory, worth nothing to anybody else. */
export interface StandInAddress {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The systems that are emulated while the demonstration runs, by destination. */
export interface StandInAddresses {
  readonly crm: StandInAddress;
}

export interface StandIns {
  readonly salesforce: SalesforceEmulator;
  readonly url: string;
  /** Stops them; what they held is gone. */
  close(): Promise<void>;
}

/** Starts the emulated systems on free loopback ports, and tells the configuration where they are. */
export async function openStandIns(): Promise<StandIns> {
  // As a new developer org is: opt-out flags are hidden until the permission set is assigned.
  const salesforce = createSalesforceEmulator({ developerOrgDefaults: true });
  const crm = await listenOnLoopback({ handle: (call) => salesforce.handle(call) });
  const { clientId, clientSecret } = salesforce.credentials;
  const addresses: StandInAddresses = { crm: { url: crm.url, clientId, clientSecret } };
  mkdirSync(DEMO_FOLDER, { recursive: true });
  writeFileSync(ADDRESSES, JSON.stringify({ processId: process.pid, addresses }), { mode: 0o600 });
  return {
    salesforce,
    url: crm.url,
    close: async () => {
      rmSync(ADDRESSES, { force: true });
      await crm.close();
    },
  };
}

/** Where the emulated systems are; null where the demonstration is not running. */
export function readStandIns(): StandInAddresses | null {
  if (!existsSync(ADDRESSES)) return null;
  const { processId, addresses } = JSON.parse(readFileSync(ADDRESSES, "utf8")) as { processId: number; addresses: StandInAddresses };
  return isRunning(processId) ? addresses : null;
}

/** A demonstration that was killed leaves its addresses behind. */
function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}
