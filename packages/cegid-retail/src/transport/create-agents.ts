import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent, type AgentOptions } from "node:https";
import { createSecureContext, getCACertificates } from "node:tls";
import { ConnectorError } from "@volenti/core/adapter";
import type { Settings } from "../settings.ts";
import { createTunnelAgent } from "./create-tunnel-agent.ts";
import { CONNECTOR_ID } from "./connector-id.ts";

/** Kept-alive connections of one connector, as many at most as calls may be under way. */
export interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
  /** For plain HTTP through a proxy, which needs no tunnel; null where there is none. */
  readonly plainProxy: { readonly protocol: string; readonly host: string; readonly port: number; readonly auth?: ProxyAuth } | null;
  destroy(): void;
}

interface ProxyAuth {
  readonly username: string;
  readonly password: string;
}

type AgentSettings = Pick<Settings, "tls" | "proxy" | "maxConcurrency" | "timeoutInMs">;

export function createAgents(request: { settings: AgentSettings; operation: string }): Agents {
  const { settings, operation } = request;
  const pool = { keepAlive: true, maxSockets: settings.maxConcurrency >= 1 ? Math.floor(settings.maxConcurrency) : 1, scheduling: "lifo" as const };
  const secure: AgentOptions = { ...pool, ...secureOptions(request) };
  const proxy = settings.proxy === null ? null : parseProxy({ address: settings.proxy, operation });
  const http = new HttpAgent(pool);
  const https =
    proxy === null ? new HttpsAgent(secure) : createTunnelAgent({ proxy, options: secure, timeoutInMs: settings.timeoutInMs });
  return {
    http,
    https,
    plainProxy: proxy === null ? null : toPlainProxy(proxy),
    destroy: () => {
      http.destroy();
      https.destroy();
    },
  };
}

function secureOptions(request: { settings: AgentSettings; operation: string }): AgentOptions {
  const { settings, operation } = request;
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
    throw misconfigured({ operation, fieldName: "tls", cause: error });
  }
}

function parseProxy(request: { address: string; operation: string }): URL {
  const url = URL.canParse(request.address) ? new URL(request.address) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw misconfigured({ operation: request.operation, fieldName: "proxy" });
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

function misconfigured(request: { operation: string; fieldName: string; cause?: unknown }): ConnectorError {
  const { operation, fieldName, cause } = request;
  return new ConnectorError({ code: "invalidConfiguration", connectorId: CONNECTOR_ID, operation, fieldNames: [fieldName], cause });
}
