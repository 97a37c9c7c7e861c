import { createServer as createHttpServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createHttpsServer, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { resultOf } from "./soap-envelopes.ts";

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** `reset`: the connection breaks. `hang`: no answer comes. */
export type ScriptedAnswer = "reset" | "hang" | { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: string; readonly gzip?: boolean };

export type Script = (request: Received) => ScriptedAnswer | Promise<ScriptedAnswer>;

/** A server that answers what a test says, and remembers what it was asked. */
export interface ScriptedServer {
  readonly url: string;
  readonly requests: readonly Received[];
  /** Connections opened so far. */
  countConnections(): number;
  /** Connections open at this moment. */
  countOpen(): Promise<number>;
  close(): Promise<void>;
}

export async function startServer(options: { answer?: Script; tls?: ServerOptions }): Promise<ScriptedServer> {
  const requests: Received[] = [];
  let connections = 0;
  const listener: RequestListener = (incoming, outgoing) => {
    void (async () => {
      const received = await receive(incoming);
      requests.push(received);
      reply({ outgoing, incoming, answer: await (options.answer ?? helloAnswer)(received) });
    })();
  };
  const server = options.tls === undefined ? createHttpServer(listener) : createHttpsServer(options.tls, listener);
  server.on("connection", () => (connections += 1));
  await new Promise<void>((resolve) => server.listen({ host: "127.0.0.1", port: 0 }, resolve));
  return {
    url: `${options.tls === undefined ? "http" : "https"}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    countConnections: () => connections,
    countOpen: () => new Promise((resolve, reject) => server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)))),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function receive(incoming: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { method = "", url = "", headers } = incoming;
  return { method, url, headers, body: Buffer.concat(chunks).toString("utf8") };
}

function reply(request: { outgoing: ServerResponse; incoming: IncomingMessage; answer: ScriptedAnswer }): void {
  const { outgoing, incoming, answer } = request;
  if (answer === "reset") incoming.socket.destroy();
  if (answer === "reset" || answer === "hang") return;
  const { status = 200, headers = {}, body = "", gzip = false } = answer;
  outgoing.writeHead(status, { "content-type": "text/xml; charset=utf-8", ...(gzip ? { "content-encoding": "gzip" } : {}), ...headers });
  outgoing.end(gzip ? gzipSync(body) : body);
}

function helloAnswer(): ScriptedAnswer {
  return { body: resultOf({ name: "HelloWorld", content: "CBR Version : (26.0.0.100)" }) };
}
