import type { Caller } from "../world/simulated-system.ts";
import type { Fault } from "./draw-fate.ts";
import type { Answerer } from "./lay-wires.ts";

/** How a system words what went wrong before it did anything. */
export interface HttpFaults {
  readonly refused: () => Response;
  readonly unauthorised: () => Response;
}

/** An HTTP system as one process reaches it: over the network. */
export function reachHttp(request: Caller & { answer: Answerer; faults: HttpFaults }): Answerer {
  const { answer, faults, network, ...caller } = request;
  return async (call) => {
    const sent = call.method === "GET" ? call.url : await call.clone().text();
    return network.exchange({
      ...caller,
      sent,
      acknowledges: "",
      carryOut: () => answer(call.clone()),
      answerFault: async ({ fault, retryAt }) => answerFault({ fault, retryAt, faults }),
    });
  };
}

function answerFault(request: { fault: Fault; retryAt: number; faults: HttpFaults }): Response {
  const { fault, retryAt, faults } = request;
  switch (fault) {
    case "refused":
      return faults.refused();
    case "unauthorised":
      return faults.unauthorised();
    case "throttled":
      return new Response(null, { status: 429, headers: { "Retry-After": new Date(retryAt).toUTCString() } });
    case "malformed":
      return new Response("<html><body>Maintenance</body></html>", { status: 200, headers: { "Content-Type": "text/html" } });
    default:
      throw new TypeError("the connection is gone");
  }
}
