import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent, type AgentOptions } from "node:https";
import { createSecureContext, getCACertificates } from "node:tls";
import { ConnectorError } from "@volenti/core/adapter";
import { createTunnelAgent } from "./create-tunnel-agent.ts";

/** Kept-alive connections of one connector, as many at most as calls may be under way. */
export interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
  /** For plain HTTP through a proxy, which needs no tunnel; null where there is none. */
  readonly plainProxy: { readonly protocol: string; readonly host: string; readonly port: number; readonly auth?: ProxyAuth } | null;
  /** Whether a connection is kept that no call goes over. */
  hasIdle(): boolean;
  destroy(): void;
}

interface ProxyAuth {
  readonly username: string;
  readonly password: string;
}

/** How an adapter's connections are made; nothing of it is read from the environment. */
export interface ConnectionSettings {
  /** PEM texts: a private authority beside the usual ones, and a client certificate. */
  readonly tls: { readonly ca?: string | undefined; readonly cert?: string | undefined; readonly key?: string | undefined } | null;
  /** `http://user:password@proxy.example:8080`. */
  readonly proxy: string | null;
  /** Calls under way at once; what is below one counts as one. */
  readonly maxConcurrency: number;
  /** How long a proxy may take to open its tunnel. A call itself ends with the signal that it is given. */
  readonly timeoutInMs: number;
}

interface AgentsRequest {
  readonly settings: ConnectionSettings;
  readonly operation: string;
  readonly connectorId: string;
}

export function createAgents(request: AgentsRequest & { spareConnections: number }): Agents {
  const { settings, connectorId, operation, spareConnections } = request;
  const calls = settings.maxConcurrency >= 1 ? Math.floor(settings.maxConcurrency) : 1;
  const pool = { keepAlive: true, maxSockets: calls + spareConnections, scheduling: "lifo" as const };
  const secure: AgentOptions = { ...pool, ...secureOptions(request) };
  const proxy = settings.proxy === null ? null : parseProxy({ address: settings.proxy, connectorId, operation });
  const http = new HttpAgent(pool);
  const https =
    proxy === null ? new HttpsAgent(secure) : createTunnelAgent({ proxy, options: secure, timeoutInMs: settings.timeoutInMs });
  return {
    http,
    https,
    plainProxy: proxy === null ? null : toPlainProxy(proxy),
    hasIdle: () => [http, https].some(({ freeSockets }) => Object.keys(freeSockets).length > 0),
    destroy: () => {
      http.destroy();
      https.destroy();
    },
  };
}

function secureOptions(request: AgentsRequest): AgentOptions {
  const { settings, connectorId, operation } = request;
  if (settings.tls === null) return {};
  const { ca, cert, key } = settings.tls;
  try {
    const secureContext = createSecureContext({
      ...(ca === undefined ? {} : { ca: [...getCACertificates("default"), ca] }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
    });
    return { secureContext };
  } catch (error) {
    throw misconfigured({ connectorId, operation, fieldName: "tls", cause: error });
  }
}

function parseProxy(request: { address: string; connectorId: string; operation: string }): URL {
  const url = URL.canParse(request.address) ? new URL(request.address) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw misconfigured({ ...request, fieldName: "proxy" });
  }
  return url;
}

function toPlainProxy(proxy: URL): NonNullable<Agents["plainProxy"]> {
  const { protocol, hostname, port, username, password } = proxy;
  return {
    protocol,
    host: hostname,
    port: port === "" ? (protocol === "https:" ? 443 : 80) : Number(port),
    ...(username === "" ? {} : { auth: { username: decodeURIComponent(username), password: decodeURIComponent(password) } }),
  };
}

function misconfigured(request: { connectorId: string; operation: string; fieldName: string; cause?: unknown }): ConnectorError {
  const { connectorId, operation, fieldName, cause } = request;
  return new ConnectorError({ code: "invalidConfiguration", connectorId, operation, fieldNames: [fieldName], cause });
}
