import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createCegidRetailEmulator, createSalesforceEmulator, listenOnLoopback, type CegidRetailEmulator, type SalesforceEmulator } from "@volenti/emulators";
import { y2Folder } from "./y2-folder.ts";

/** Where the demonstration keeps what it makes: beside the repository's other throw-away files. */
export const DEMO_FOLDER: URL = new URL("../../.volenti/demo/", import.meta.url);
const ADDRESSES = new URL("stand-ins.json", DEMO_FOLDER);

/** How the emulated systems are reached, and as whom, by destination: made for one run, worth nothing to anybody else. */
export interface StandInAddresses {
  readonly crm: { readonly url: string; readonly clientId: string; readonly clientSecret: string };
  /** The URL with the virtual directory. */
  readonly stores: { readonly url: string; readonly folderId: string; readonly username: string; readonly password: string };
}

export interface StandIns {
  readonly salesforce: SalesforceEmulator;
  readonly cegidRetail: CegidRetailEmulator;
  readonly addresses: StandInAddresses;
  /** Stops them; what they held is gone. */
  close(): Promise<void>;
}

/** Starts the emulated systems on free loopback ports, and tells the configuration where they are. */
export async function openStandIns(): Promise<StandIns> {
  // As a new developer org is: opt-out flags are hidden until the permission set is assigned.
  const salesforce = createSalesforceEmulator({ developerOrgDefaults: true });
  const cegidRetail = createCegidRetailEmulator({ timeZone: y2Folder.timeZone, tables: { languages: Object.values(y2Folder.languages) } });
  const crm = await listenOnLoopback({ handle: (call) => salesforce.handle(call) });
  const stores = await listenOnLoopback({ handle: (call) => cegidRetail.handle(call) });
  const { clientId, clientSecret } = salesforce.credentials;
  const { basePath, folderId, username, password } = cegidRetail.credentials;
  const addresses: StandInAddresses = {
    crm: { url: crm.url, clientId, clientSecret },
    stores: { url: `${stores.url}${basePath}`, folderId, username, password },
  };
  mkdirSync(DEMO_FOLDER, { recursive: true });
  writeFileSync(ADDRESSES, JSON.stringify({ processId: process.pid, addresses }), { mode: 0o600 });
  return {
    salesforce,
    cegidRetail,
    addresses,
    close: async () => {
      rmSync(ADDRESSES, { force: true });
      await Promise.all([crm.close(), stores.close()]);
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
