import { fileURLToPath } from "node:url";
import { createVolenti, defineConfig } from "@volenti/core";
import { applySourceFolder, createSalesforceEmulator, readSourceFolder, type SalesforceEmulator } from "@volenti/emulators";
import { createMemoryConnector } from "@volenti/memory";
import { createSalesforceConnector } from "@volenti/salesforce";
import { layWires } from "../network/lay-wires.ts";
import { reachHttp, type HttpFaults } from "../network/reach-http.ts";
import type { Schedule } from "../support/create-schedule.ts";
import { configureBrand } from "./configure-brand.ts";
import { createKeyring } from "./create-keyring.ts";
import { holdSalesforce } from "./hold-salesforce.ts";
import type { SimulatedSystem } from "./simulated-system.ts";

const SOURCE_FOLDER = fileURLToPath(new URL("../../../packages/salesforce/force-app", import.meta.url));
const PLACE = { region: "EU", transferMechanism: "standardContractualClauses" } as const;
const FAULTS: HttpFaults = {
  refused: () => Response.json([{ errorCode: "SERVER_UNAVAILABLE", message: "down" }], { status: 503 }),
  unauthorised: () => Response.json([{ errorCode: "INVALID_SESSION_ID", message: "expired" }], { status: 401 }),
};

/** An org of the emulator's with the package deployed, reached by the adapter over Node's own HTTP. */
export async function openSalesforce(request: { schedule: Schedule }): Promise<SimulatedSystem> {
  const { schedule } = request;
  const emulator = createSalesforceEmulator({ now: () => schedule.now() });
  const { schema, permissionSets } = emulator.org;
  applySourceFolder({ schema, permissionSets, files: readSourceFolder(SOURCE_FOLDER) });
  emulator.org.assignPermissionSet({ name: "VolentiIntegration" });
  const wires = layWires();
  await provision({ emulator, url: wires.connect((call) => emulator.handle(call)), schedule });
  return {
    held: holdSalesforce({ id: "crm", org: emulator.org }),
    memory: null,
    open: (caller) => connect({ emulator, url: wires.connect(reachHttp({ ...caller, faults: FAULTS, answer: (call) => emulator.handle(call) })) }),
    close: () => wires.takeDown(),
  };
}

function connect(request: { emulator: SalesforceEmulator; url: string }): ReturnType<typeof createSalesforceConnector> {
  const { clientId, clientSecret } = request.emulator.credentials;
  return createSalesforceConnector({ ...PLACE, loginUrl: request.url, auth: { kind: "clientCredentials", clientId, clientSecret }, allowInsecureHttp: true });
}

/** Before anything can go wrong: purposes and channels as rows of the org. */
async function provision(request: { emulator: SalesforceEmulator; url: string; schedule: Schedule }): Promise<void> {
  const crm = connect(request);
  const others = { ru: createMemoryConnector({ region: "RU" }), eu: createMemoryConnector(PLACE) };
  const clock = { now: () => request.schedule.now(), sleep: async (): Promise<void> => {} };
  const volenti = createVolenti(defineConfig(configureBrand({ destinations: { ...others, crm }, keys: createKeyring() })), { clock });
  await volenti.destinations.get("crm")?.provisioning?.apply();
  await volenti.close();
}
