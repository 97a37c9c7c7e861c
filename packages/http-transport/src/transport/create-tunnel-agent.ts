import { request as httpRequest, type ClientRequest } from "node:http";
import { Agent, request as httpsRequest, type AgentOptions } from "node:https";
import type { Duplex } from "node:stream";

/**
 * An agent whose connections go through a proxy by CONNECT, so that the proxy sees host and port and nothing else. Its
 * tunnels are kept alive, which those of axios are not: a handshake a call would cost more than the call.
 */
export function createTunnelAgent(request: { proxy: URL; options: AgentOptions; timeoutInMs: number }): Agent {
  const { proxy, options, timeoutInMs } = request;
  const agent = new Agent(options);
  const opening = new Set<ClientRequest>();
  const secure = agent.createConnection.bind(agent);
  agent.createConnection = (target, callback) => {
    const outgoing = openTunnel({ proxy, target: hostAndPort(target), timeoutInMs });
    opening.add(outgoing.once("close", () => opening.delete(outgoing)));
    // Node calls back with the error alone; its types want a stream beside it.
    const fail = (error: Error): void => callback?.(error, undefined as unknown as Duplex);
    outgoing.once("error", fail);
    outgoing.once("connect", ({ statusCode }, socket) => {
      if (statusCode === 200) {
        callback?.(null, secure({ ...target, socket } as typeof target) as Duplex);
        return;
      }
      socket.destroy();
      fail(withCode(`ERR_PROXY_${statusCode ?? 0}`));
    });
    return undefined;
  };
  const destroy = agent.destroy.bind(agent);
  agent.destroy = () => {
    for (const outgoing of opening) outgoing.destroy();
    destroy();
  };
  return agent;
}

function hostAndPort(target: object): string {
  const { host, port } = target as { host?: string | null; port?: number | string | null };
  const name = host ?? "";
  return `${name.includes(":") ? `[${name}]` : name}:${port ?? 443}`;
}

function openTunnel(request: { proxy: URL; target: string; timeoutInMs: number }): ClientRequest {
  const { proxy, target, timeoutInMs } = request;
  const { protocol, hostname, port, username, password } = proxy;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const send = protocol === "https:" ? httpsRequest : httpRequest;
  const outgoing = send({
    method: "CONNECT",
    host: hostname.replaceAll(/[[\]]/g, ""),
    port: port === "" ? (protocol === "https:" ? 443 : 80) : Number(port),
    path: target,
    agent: false,
    headers: {
      host: target,
      ...(username === "" ? {} : { "proxy-authorization": `Basic ${Buffer.from(credentials).toString("base64")}` }),
    },
  });
  outgoing.setTimeout(timeoutInMs, () => outgoing.destroy(withCode("ETIMEDOUT")));
  outgoing.end();
  return outgoing;
}

function withCode(code: string): Error {
  return Object.assign(new Error("the proxy opened no tunnel"), { code });
}
