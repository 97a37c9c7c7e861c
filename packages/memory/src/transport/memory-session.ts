import { ConnectorError, type ConnectorContextV1 } from "@volenti/core/adapter";
import { mapMemoryError } from "../error/map-memory-error.ts";
import type { MemoryConnection, MemorySystem, MemoryTransaction } from "./memory-system.ts";

export const CONNECTOR_ID = "memory";

/** One connector's way to the system: connects at the first call, and turns whatever fails into a `ConnectorError`. */
export interface MemorySession {
  attach(context: ConnectorContextV1): void;
  /** The brand's side of the matter. */
  context(operation: string): ConnectorContextV1;
  /** Rejects with the signal's own reason as soon as it is aborted, also while the system does not answer. */
  call<Result>(request: SessionCall<Result>): Promise<Result>;
  close(): void;
}

export interface SessionCall<Result> {
  operation: string;
  /** Whether the call changes anything: then nobody knows what a lost connection did. */
  changes: boolean;
  /** What the call carries. */
  about: unknown;
  signal?: AbortSignal | undefined;
  work: MemoryTransaction<Result>;
}

export function createMemorySession(system: MemorySystem): MemorySession {
  const connection = createLazyConnection(system);
  let attached: ConnectorContextV1 | undefined;
  let isClosed = false;
  return {
    attach: (context) => {
      attached = context;
    },
    context: (operation) => {
      if (attached !== undefined) return attached;
      throw new ConnectorError({ code: "invalidConfiguration", connectorId: CONNECTOR_ID, operation });
    },
    call: async (request) => {
      if (isClosed) throw new ConnectorError({ code: "invalidInput", connectorId: CONNECTOR_ID, operation: request.operation });
      request.signal?.throwIfAborted();
      return untilAborted({ answer: transact({ connection, request }), signal: request.signal });
    },
    close: () => {
      isClosed = true;
      connection.end();
    },
  };
}

interface LazyConnection {
  get(): Promise<MemoryConnection>;
  end(): void;
}

/** Connects once, at the first call; a failed attempt is not remembered as the connection. */
function createLazyConnection(system: MemorySystem): LazyConnection {
  let connecting: Promise<MemoryConnection> | undefined;
  return {
    get: () => {
      if (connecting !== undefined) return connecting;
      const attempt = system.connect();
      connecting = attempt;
      attempt.catch(() => {
        if (connecting === attempt) connecting = undefined;
      });
      return attempt;
    },
    end: () => {
      connecting?.then((connection) => connection.end()).catch(() => {});
    },
  };
}

async function transact<Result>(parts: { connection: LazyConnection; request: SessionCall<Result> }): Promise<Result> {
  const { operation, changes, about, signal, work } = parts.request;
  try {
    const connection = await parts.connection.get();
    return await connection.transact({
      about,
      work: async (tables) => {
        signal?.throwIfAborted();
        return work(tables);
      },
    });
  } catch (error) {
    throw mapMemoryError({ error, operation, changes });
  }
}

async function untilAborted<Result>(request: { answer: Promise<Result>; signal: AbortSignal | undefined }): Promise<Result> {
  const { answer, signal } = request;
  if (signal === undefined) return answer;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([answer, aborted]);
  } catch (error) {
    // The transaction ends with the same abort; its error would only hide the caller's reason.
    if (signal.aborted) throw signal.reason;
    throw error;
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
