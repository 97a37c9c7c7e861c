import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { connect as connectSocket, type AddressInfo, type Socket } from "node:net";

export interface TestProxy {
  /** With credentials. */
  readonly url: string;
  /** `CONNECT host:port`, or the whole address of a plain call. */
  readonly seen: readonly string[];
  readonly credentials: readonly string[];
  close(): Promise<void>;
}

/** A forward proxy for plain calls and tunnels, which asks for the one user that it knows. */
export async function startProxy(): Promise<TestProxy> {
  const seen: string[] = [];
  const credentials: string[] = [];
  const sockets = new Set<Socket>();
  const expected = `Basic ${Buffer.from("till:pass word").toString("base64")}`;
  const server = createServer((incoming, outgoing) => {
    seen.push(incoming.url ?? "");
    credentials.push(String(incoming.headers["proxy-authorization"]));
    passOn({ incoming, outgoing });
  });
  server.on("connect", ({ url = "", headers }, socket: Socket) => {
    seen.push(`CONNECT ${url}`);
    credentials.push(String(headers["proxy-authorization"]));
    sockets.add(socket);
    if (headers["proxy-authorization"] !== expected) {
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
      return;
    }
    const [host = "", port = ""] = url.split(":");
    const onward = connectSocket({ host, port: Number(port) }, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.pipe(socket);
      socket.pipe(onward);
    });
    sockets.add(onward);
    for (const end of [socket, onward]) end.on("error", () => end.destroy());
  });
  await new Promise<void>((resolve) => server.listen({ host: "127.0.0.1", port: 0 }, resolve));
  return {
    url: `http://till:pass%20word@127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    credentials,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function passOn({ incoming, outgoing }: { incoming: IncomingMessage; outgoing: ServerResponse }): void {
  const onward = httpRequest(incoming.url ?? "", { method: incoming.method ?? "GET", headers: incoming.headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  incoming.pipe(onward);
}
