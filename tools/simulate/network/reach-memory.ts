import type { MemoryConnection, MemoryFailure, MemorySystem } from "@volenti/memory";
import type { Caller } from "../world/simulated-system.ts";
import type { Exchange } from "./create-network.ts";
import type { Fault } from "./draw-fate.ts";

/** A memory system as one process reaches it: over the network. */
export function reachMemory(request: Caller & { system: MemorySystem }): MemorySystem {
  const { system, network, ...caller } = request;
  return {
    ...system,
    connect: async (): Promise<MemoryConnection> => {
      const connection = await system.connect();
      return {
        end: () => connection.end(),
        transact: ({ about, work }) => {
          const transact = () => connection.transact({ about, work });
          const sent = JSON.stringify(about);
          return network.exchange({ ...caller, sent, acknowledges: isWrite(sent) ? sent : "", carryOut: transact, answerFault: answerFault({ system, transact }) });
        },
      };
    },
  };
}

/** A look-up names decisions too, and keeps nothing of them. */
function isWrite(sent: string): boolean {
  return sent.includes('"writeId"');
}

/** The system's own way of failing. After a reset that came after the work, the work has been done already. */
function answerFault<Answer>(request: { system: MemorySystem; transact: () => Promise<Answer> }): Exchange<Answer>["answerFault"] {
  const { system, transact } = request;
  return async ({ fault, retryAt }) => {
    system.fail(toFailure({ fault, retryAt }));
    try {
      return await transact();
    } finally {
      system.fail(null);
    }
  };
}

function toFailure(request: { fault: Fault; retryAt: number }): MemoryFailure {
  switch (request.fault) {
    case "refused":
      return { kind: "unavailable" };
    case "unauthorised":
      return { kind: "expiredSession" };
    case "throttled":
      return { kind: "rateLimited", notBefore: request.retryAt };
    case "malformed":
      return { kind: "malformed" };
    default:
      // Whether before or after: the connection is gone, and nothing more is done.
      return { kind: "dropBeforeApply" };
  }
}
