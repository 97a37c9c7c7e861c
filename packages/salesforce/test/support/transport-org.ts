import { createServer as createHttpServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import type { Clock, ConnectorContextV1 } from "@volenti/core/adapter";
import { resolveSettings } from "../../src/resolve-settings.ts";
import type { SalesforceAuth } from "../../src/salesforce-auth.ts";
import type { SalesforceConnectorOptions } from "../../src/salesforce-connector-options.ts";
import type { Settings } from "../../src/settings.ts";
import { createSalesforceSession } from "../../src/transport/create-salesforce-session.ts";
import type { SalesforceSession } from "../../src/transport/salesforce-session.ts";

export interface Received {
  readonly method: string;
  /** Path and query as they came over the wire. */
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** `reset`: the connection breaks. `hang`: no answer comes. */
export type ScriptedAnswer =
  | "reset"
  | "hang"
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: unknown; readonly gzip?: boolean };

export type Script = (request: Received) => ScriptedAnswer | Promise<ScriptedAnswer>;

/** A server that answers what a test says, and remembers what it was asked. The token endpoint answers by itself. */
export interface ScriptedOrg {
  readonly url: string;
  /** All but those for a token. */
  readonly requests: readonly Received[];
  readonly tokenRequests: readonly Received[];
  close(): Promise<void>;
}

export async function startOrg(options: {
  answer?: Script | undefined;
  token?: Script | undefined;
  tls?: { readonly cert: string; readonly key: string } | undefined;
}): Promise<ScriptedOrg> {
  const requests: Received[] = [];
  const tokenRequests: Received[] = [];
  let url = "";
  const listener: RequestListener = (incoming, outgoing) => {
    void (async () => {
      const received = await receive(incoming);
      const isToken = received.url === "/services/oauth2/token";
      (isToken ? tokenRequests : requests).push(received);
      const issue: Script = () => ({ body: { access_token: `token-${tokenRequests.length}`, instance_url: url, token_type: "Bearer" } });
      const script = isToken ? (options.token ?? issue) : (options.answer ?? (() => ({ body: { ok: true } })));
      reply({ outgoing, incoming, answer: await script(received) });
    })();
  };
  const server = options.tls === undefined ? createHttpServer(listener) : createHttpsServer(options.tls, listener);
  await new Promise<void>((resolve) => server.listen({ host: "127.0.0.1", port: 0 }, resolve));
  url = `${options.tls === undefined ? "http" : "https"}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    tokenRequests,
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
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const type = typeof body === "string" ? "text/plain" : "application/json;charset=UTF-8";
  outgoing.writeHead(status, { "content-type": type, ...(gzip ? { "content-encoding": "gzip" } : {}), ...headers });
  outgoing.end(gzip ? gzipSync(text) : text);
}

/** A clock that a test moves; whoever sleeps moves it too. */
export interface TestClock extends Clock {
  advance(durationInMs: number): void;
  readonly slept: readonly number[];
}

export function createTestClock(): TestClock {
  let instant = Date.UTC(2026, 10, 2, 9);
  const slept: number[] = [];
  return {
    now: () => instant,
    sleep: async ({ durationInMs, signal }) => {
      signal?.throwIfAborted();
      slept.push(durationInMs);
      instant += durationInMs;
      await Promise.resolve();
    },
    advance: (durationInMs) => {
      instant += durationInMs;
    },
    slept,
  };
}

export const CLIENT_CREDENTIALS: SalesforceAuth = { kind: "clientCredentials", clientId: "client", clientSecret: "secret" };

export function settingsFor(options: Partial<SalesforceConnectorOptions>): Settings {
  return resolveSettings({ auth: CLIENT_CREDENTIALS, region: "EU", allowInsecureHttp: true, ...options });
}

export function openSession(request: { options: Partial<SalesforceConnectorOptions>; clock?: Clock }): SalesforceSession {
  const session = createSalesforceSession({ settings: settingsFor(request.options) });
  session.attach({ clock: request.clock ?? createTestClock() } as unknown as ConnectorContextV1);
  return session;
}

export const READ = { operation: "profiles.get", method: "GET", path: ["limits"], changes: false } as const;
export const WRITE = { operation: "intake.write", method: "PATCH", path: ["composite", "sobjects"], body: { records: [] }, changes: true } as const;

/** What a call was rejected with; fails where it was not. */
export async function rejection(promise: Promise<unknown>): Promise<Record<string, unknown>> {
  const answer = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (answer === null) throw new Error("expected a rejection");
  return answer as Record<string, unknown>;
}
