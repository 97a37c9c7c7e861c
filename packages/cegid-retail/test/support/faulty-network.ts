import type { ConformanceFaults } from "@volenti/conformance";
import { ConnectionResetError, createCegidRetailEmulator, type CegidRetailEmulator } from "@volenti/emulators";

type NetworkFault = "unavailable" | "dropAfterApply" | "dropBeforeApply" | "rateLimited" | "malformed" | "stalled";

/** The way to a folder, and what can go wrong on it. */
export interface FaultyNetwork {
  handle(request: Request): Promise<Response>;
  countCalls(): number;
  readonly faults: ConformanceFaults;
}

const CHANGES = /\/(?:AddNewCustomer|UpdateCustomer)"?$/;

export function createFaultyNetwork(request: { emulator: CegidRetailEmulator; idOf: (subjectRef: string) => string }): FaultyNetwork {
  const { emulator, idOf } = request;
  let calls = 0;
  let fault: NetworkFault | null = null;
  let refusedId: string | null = null;
  let retryAfter = "";
  let stall = Promise.withResolvers<void>();
  const arm = (kind: NetworkFault) => (): void => void (fault = kind);
  const handle = async (call: Request): Promise<Response> => {
    calls += 1;
    const isChange = CHANGES.test(call.headers.get("SOAPAction") ?? "") || new URL(call.url).pathname.includes("/api/");
    if (fault === "stalled") await stall.promise;
    if (fault === "unavailable") return new Response(null, { status: 503 });
    if (fault === "rateLimited") return new Response(null, { status: 429, headers: { "Retry-After": retryAfter } });
    if (fault === "malformed") return new Response("<html><body>Log in</body></html>", { headers: { "Content-Type": "text/html" } });
    if (fault === "dropBeforeApply") throw new ConnectionResetError();
    if (refusedId !== null && (await call.clone().text()).includes(refusedId)) return refuse(call);
    const isStruck = fault === "dropAfterApply" && isChange;
    const response = await emulator.handle(call);
    if (isStruck && response.status < 300) throw new ConnectionResetError();
    return response;
  };
  const faults: ConformanceFaults = {
    clear: () => {
      fault = null;
      refusedId = null;
      stall.resolve();
      stall = Promise.withResolvers();
      emulator.faults.clear();
    },
    unavailable: arm("unavailable"),
    dropAfterApply: arm("dropAfterApply"),
    dropBeforeApply: arm("dropBeforeApply"),
    malformed: arm("malformed"),
    stalled: arm("stalled"),
    rateLimited: ({ notBefore }) => {
      fault = "rateLimited";
      retryAfter = new Date(notBefore).toUTCString();
    },
    expiredSession: () => emulator.faults.expireSessions(),
    refuseSubject: ({ subjectRef }) => void (refusedId = idOf(subjectRef)),
  };
  return { handle, countCalls: () => calls, faults };
}

/** As a folder refuses by a rule of its own, whatever it is asked. */
function refuse(call: Request): Promise<Response> {
  const other = createCegidRetailEmulator();
  other.faults.strike({ fault: { kind: "soapFault", code: "CBR99900", text: "refused" } });
  return other.handle(call);
}
