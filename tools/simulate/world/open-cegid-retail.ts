import { createCegidRetailConnector } from "@volenti/cegid-retail";
import { createCegidRetailEmulator, type CegidRetailEmulator, type UserFieldDefinition } from "@volenti/emulators";
import { layWires } from "../network/lay-wires.ts";
import { reachHttp, type HttpFaults } from "../network/reach-http.ts";
import type { Schedule } from "../support/create-schedule.ts";
import { CONSENT_TEXTS, holdCegidRetail, REF_TEXT } from "./hold-cegid-retail.ts";
import type { SimulatedSystem } from "./simulated-system.ts";

const USER_FIELDS: readonly UserFieldDefinition[] = [
  ...Array.from({ length: 10 }, (_, index): UserFieldDefinition => ({ id: index + 1, kind: "TextValueKind" })),
  { id: 11, kind: "DateValueKind" },
];
const FAULTS: HttpFaults = {
  refused: () => new Response(null, { status: 503 }),
  unauthorised: () => new Response("<html><body>Log in</body></html>", { status: 401, headers: { "Content-Type": "text/html" } }),
};

/** A folder of the emulator's, reached by the adapter over Node's own HTTP, with a text for each consent. */
export function openCegidRetail(request: { schedule: Schedule }): SimulatedSystem {
  const { schedule } = request;
  const emulator = createCegidRetailEmulator({ now: () => schedule.now(), tables: { userFields: USER_FIELDS } });
  const wires = layWires();
  return {
    held: holdCegidRetail({ id: "crm", emulator }),
    memory: null,
    open: (caller) => connect({ emulator, url: wires.connect(reachHttp({ ...caller, faults: FAULTS, answer: (call) => emulator.handle(call) })) }),
    close: () => wires.takeDown(),
  };
}

function connect(request: { emulator: CegidRetailEmulator; url: string }): ReturnType<typeof createCegidRetailConnector> {
  const { emulator: { credentials: { basePath, folderId, username, password } }, url } = request;
  return createCegidRetailConnector({
    baseUrl: url + basePath,
    folderId,
    username,
    password,
    timeZone: "Europe/Paris",
    privacyGranularity: "item",
    usualStoreId: "001",
    region: "EU",
    transferMechanism: "standardContractualClauses",
    allowInsecureHttp: true,
    slots: { effectiveAt: { userDefinedDate: 1 }, decisionId: { userDefinedText: 1 } },
    optIns: { "marketing.sms": { sms: "OptinMobile", "*": null }, profiling: null, sale: null },
    purposeFields: CONSENT_TEXTS,
    refField: REF_TEXT,
  });
}
