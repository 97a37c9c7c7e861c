import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ConnectionResetError } from "./connection-reset-error.ts";
import { toWebRequest } from "./to-web-request.ts";

export interface LoopbackServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  /** Stops listening, breaks the connections that are left, and resolves when all are gone. */
  close(): Promise<void>;
}

/** Serves a web-standard handler on 127.0.0.1, with keep-alive; on a free port unless one is asked for. Rejects where the port is taken. */
export function listenOnLoopback(request: {
  handle: (request: Request) => Promise<Response>;
  port?: number;
}): Promise<LoopbackServer> {
  const server = createServer({ keepAlive: true, keepAliveTimeout: 60_000 }, (incoming, outgoing) => {
    void answer({ incoming, outgoing, handle: request.handle });
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: "127.0.0.1", port: request.port ?? 0 }, () => {
      server.off("error", reject);
      const { port } = server.address() as AddressInfo;
      resolve({
        url: `http://127.0.0.1:${port}`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}

async function answer(request: {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  handle: (request: Request) => Promise<Response>;
}): Promise<void> {
  const { incoming, outgoing, handle } = request;
  try {
    const response = await handle(await toWebRequest(incoming));
    outgoing.writeHead(response.status, toHeaders(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  } catch (error) {
    // A handler that fails otherwise is a fault of the emulator: nobody shall take it for an answer of the real system.
    if (!(error instanceof ConnectionResetError) && !outgoing.headersSent) {
      outgoing.writeHead(500, { "content-type": "text/plain" });
      outgoing.end("the emulator failed");
      return;
    }
    incoming.socket.destroy();
  }
}

function toHeaders(headers: Headers): Record<string, string | string[]> {
  const cookies = headers.getSetCookie();
  const plain = Object.fromEntries([...headers].filter(([name]) => name !== "set-cookie"));
  return cookies.length === 0 ? plain : { ...plain, "set-cookie": cookies };
}
