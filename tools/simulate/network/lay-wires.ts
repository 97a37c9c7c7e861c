import { Agent, createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { duplexPair, type Duplex } from "node:stream";

/** What answers at an address; a rejection breaks the connection without an answer. */
export type Answerer = (request: Request) => Promise<Response>;

/** Node's own HTTP between adapters and emulators in this process: agents, parsers and all, and no socket. */
export interface Wires {
  /** Answers the URL at which it is reached. */
  connect(answer: Answerer): string;
  /** Gives Node its sockets back. */
  takeDown(): void;
}

const FIRST_PORT = 20_000;

/** One pair of wires at a time: a connection of Node's that is opened meanwhile is one of these. */
export function layWires(): Wires {
  const servers = new Map<number, Server>();
  const connections = new Set<Duplex>();
  const original = Object.getOwnPropertyDescriptor(Agent.prototype, "createConnection");
  if (original === undefined) throw new TypeError("Node's agents open their connections elsewhere now");
  const openPair = (options: object): Duplex => {
    const server = servers.get(Number("port" in options ? options.port : 0));
    const [near, far] = duplexPair().map(toSocket);
    if (near === undefined || far === undefined) throw new TypeError("a pair has two ends");
    connections.add(near).add(far);
    if (server === undefined) near.destroy(Object.assign(new Error("nobody listens there"), { code: "ECONNREFUSED" }));
    else server.emit("connection", far);
    return near;
  };
  Object.defineProperty(Agent.prototype, "createConnection", { ...original, value: openPair });
  return {
    connect: (answer) => {
      const port = FIRST_PORT + servers.size;
      servers.set(port, createServer((incoming, outgoing) => void pass({ incoming, outgoing, answer })));
      return `http://localhost:${port}`;
    },
    takeDown: () => {
      Object.defineProperty(Agent.prototype, "createConnection", original);
      for (const connection of connections) connection.on("error", () => undefined).destroy();
    },
  };
}

/** What Node asks of a socket beside reading and writing. */
function toSocket(end: Duplex): Duplex {
  const nothing = (): Duplex => end;
  return Object.assign(end, { setKeepAlive: nothing, setNoDelay: nothing, setTimeout: nothing, ref: nothing, unref: nothing });
}

async function pass(request: { incoming: IncomingMessage; outgoing: ServerResponse; answer: Answerer }): Promise<void> {
  const { incoming, outgoing, answer } = request;
  try {
    const response = await answer(await toWebRequest(incoming));
    if (outgoing.destroyed) return;
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  } catch {
    incoming.socket.destroy();
  }
}

async function toWebRequest(incoming: IncomingMessage): Promise<Request> {
  const { method = "GET", headers, url = "/" } = incoming;
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  return new Request(`http://${headers.host ?? "localhost"}${url}`, {
    method,
    headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
    ...(method === "GET" || body.length === 0 ? {} : { body }),
  });
}
