import { request as httpRequest, type ClientRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import axios, { AxiosHeaders, type AxiosInstance, type AxiosRequestConfig } from "axios";
import { mapNetworkError } from "../error/map-network-error.ts";
import { SESSION_CLOSED, TIMED_OUT } from "./abort-reasons.ts";
import { createAgents, type Agents, type ConnectionSettings } from "./create-agents.ts";

export type { ConnectionSettings };

/** Turns of the event loop until a connection that was closed meanwhile has left Node's pool: it takes three. */
const TURNS = 4;

/** One call, as it is sent. */
export interface HttpRequest {
  /** In capitals. */
  readonly method: string;
  /** Absolute; values are encoded already. */
  readonly url: string;
  /** Values without line breaks; they may hold credentials, and are printed nowhere. */
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as it is; absent: none. */
  readonly body?: string | Buffer | undefined;
  readonly signal: AbortSignal;
  /** Facet and method, for the error of a call that got no answer. */
  readonly operation: string;
  /** Whether the call may change something in the system: what a lost answer means depends on it. */
  readonly changes: boolean;
}

/** One answer, as it came; nothing of it was read. */
export interface HttpAnswer {
  /** Of any class: errors are for the adapter to read. */
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body, decompressed; empty where there was none. */
  readonly bytes: Uint8Array;
}

/** The body as UTF-8, without a byte order mark. */
export function bodyText({ bytes }: Pick<HttpAnswer, "bytes">): string {
  return new TextDecoder().decode(bytes);
}

/** One HTTP exchange at a time, by axios: no redirect, no retry, no cookie, no proxy of the environment, no reading of the body. */
export interface HttpExchange {
  /** Resolves with any answer. Rejects with a `ConnectorError` where there was none, or with the signal's reason. */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Ends its connections; calls under way reject. Idempotent. */
  destroy(): void;
}

/** Throws `invalidConfiguration` for TLS texts and proxies that are none; connects at the first call. */
export function createHttpExchange(request: {
  settings: ConnectionSettings;
  /** Of the call on whose behalf it is made, for the error. */
  operation: string;
  connectorId: string;
  /** The most that is taken of one answer, unpacked. */
  maxAnswerBytes: number;
  /** Connections beyond one a call: for a call that another one waits for, such as the renewal of a session. */
  spareConnections: number;
}): HttpExchange {
  const { connectorId, maxAnswerBytes } = request;
  const agents = createAgents(request);
  const client = axios.create();
  return { send: (call) => send({ client, agents, call, connectorId, maxAnswerBytes }), destroy: () => agents.destroy() };
}

async function send(request: {
  client: AxiosInstance;
  agents: Agents;
  call: HttpRequest;
  connectorId: string;
  maxAnswerBytes: number;
}): Promise<HttpAnswer> {
  const { client, agents, call, connectorId, maxAnswerBytes } = request;
  if (agents.hasIdle()) await hearOfClosedConnections();
  let wasSent = false;
  const config = { ...toConfig({ agents, call, maxAnswerBytes }), transport: observedTransport(() => (wasSent = true)) };
  try {
    const { status, headers, data } = await client.request<unknown>(config);
    return { status, headers: flatten(headers), bytes: data instanceof Uint8Array ? data : new Uint8Array() };
  } catch (error) {
    const { signal, operation, changes } = call;
    const reason: unknown = signal.aborted ? signal.reason : null;
    if (reason === TIMED_OUT) throw mapNetworkError({ connectorId, error, operation, changes, wasSent, end: "timedOut" });
    if (reason === SESSION_CLOSED) throw mapNetworkError({ connectorId, error, operation, changes, wasSent, end: "closed" });
    if (signal.aborted) throw reason;
    throw mapNetworkError({ connectorId, error, operation, changes, wasSent, end: "lost" });
  }
}

/**
 * A process that was busy has not heard yet which kept-alive connections the other side closed meanwhile; whether a change
 * that went over one of those arrived, nobody could tell. What closes in the very moment of sending stays nobody's to hear.
 */
async function hearOfClosedConnections(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await nextTurn();
}

function toConfig(request: { agents: Agents; call: HttpRequest; maxAnswerBytes: number }): AxiosRequestConfig {
  const { agents, call, maxAnswerBytes } = request;
  const isPlain = call.url.startsWith("http:");
  return {
    adapter: "http",
    method: call.method,
    url: call.url,
    headers: { "accept-encoding": "gzip", "user-agent": "volenti", ...call.headers },
    data: call.body,
    signal: call.signal,
    httpAgent: agents.http,
    httpsAgent: agents.https,
    proxy: isPlain && agents.plainProxy !== null ? agents.plainProxy : false,
    maxRedirects: 0,
    maxContentLength: maxAnswerBytes,
    maxBodyLength: Number.POSITIVE_INFINITY,
    timeout: 0,
    decompress: true,
    responseType: "arraybuffer",
    validateStatus: null,
    // Bodies come and go as they are: axios would guess at JSON, and take an error page for text.
    transformRequest: [(data: unknown) => data],
    transformResponse: [(data: unknown) => data],
  };
}

function flatten(headers: unknown): Readonly<Record<string, string>> {
  const plain = headers instanceof AxiosHeaders ? headers.toJSON() : {};
  return Object.fromEntries(Object.entries(plain).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

interface Transport {
  request(options: RequestOptions, onAnswer: (answer: IncomingMessage) => void): ClientRequest;
}

/** Node's own transport, watched for the moment from which on the other side may have read something. */
function observedTransport(onSent: () => void): Transport {
  return {
    request: (options, onAnswer) => {
      const outgoing = options.protocol === "https:" ? httpsRequest(options, onAnswer) : httpRequest(options, onAnswer);
      outgoing.once("socket", (socket) => {
        if (outgoing.reusedSocket || isOpen(socket)) onSent();
        else socket.once("encrypted" in socket ? "secureConnect" : "connect", onSent);
      });
      return outgoing;
    },
  };
}

function isOpen(socket: Socket): boolean {
  return !socket.connecting && (socket as { secureConnecting?: boolean }).secureConnecting !== true;
}
