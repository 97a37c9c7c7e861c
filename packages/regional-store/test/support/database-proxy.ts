import { mkdtemp, rm } from "node:fs/promises";
import { createConnection, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type ProxyFault = "unavailable" | "dropAfterApply" | "dropBeforeApply" | "stalled";

/** A unix socket in front of a PostgreSQL that can fail as networks do. Strikes calls of the store, not the handshake. */
export interface DatabaseProxy {
  readonly url: string;
  fail(fault: ProxyFault | null): Promise<void>;
  countConnections(): Promise<number>;
  close(): Promise<void>;
}

const SOCKET_NAME = ".s.PGSQL.5432";
// Every statement of the store names the schema; taking on a role does not.
const CALL = /volenti\./;

export async function startDatabaseProxy(request: {
  databaseUrl: string;
  /** Makes, for each connection, what hears every byte that the client sends over it. */
  listen?: () => (bytes: Buffer) => void;
}): Promise<DatabaseProxy> {
  const behind = join(new URL(request.databaseUrl).searchParams.get("host") ?? "", SOCKET_NAME);
  const folder = await mkdtemp(join(tmpdir(), "volenti-proxy-"));
  const clients = new Set<Socket>();
  let release: (() => void)[] = [];
  let fault: ProxyFault | null = null;

  const server = createServer((client) => {
    if (fault === "unavailable") {
      client.destroy();
      return;
    }
    const database = createConnection(behind);
    let dropsAnswer = false;
    const hear = request.listen?.();
    clients.add(client);
    const end = (): void => {
      clients.delete(client);
      client.destroy();
      database.destroy();
    };
    for (const socket of [client, database]) socket.on("close", end).on("error", end);
    client.on("data", (bytes) => {
      hear?.(bytes);
      const isCall = CALL.test(bytes.toString("latin1"));
      if (isCall && fault === "dropBeforeApply") return end();
      if (isCall && fault === "dropAfterApply") dropsAnswer = true;
      if (isCall && fault === "stalled") {
        client.pause();
        release.push(() => {
          client.resume();
          database.write(bytes);
        });
        return;
      }
      database.write(bytes);
    });
    database.on("data", (bytes) => (dropsAnswer ? end() : client.write(bytes)));
  });
  await new Promise<void>((resolve) => server.listen(join(folder, SOCKET_NAME), resolve));
  const url = new URL(request.databaseUrl);
  url.searchParams.set("host", folder);
  return {
    url: url.href,
    fail: async (next) => {
      fault = next;
      if (next === "unavailable") {
        for (const client of clients) client.destroy();
        await letSocketsTell();
      }
      if (next === null) for (const resume of release.splice(0)) resume();
    },
    countConnections: async () => {
      await letSocketsTell();
      return clients.size;
    },
    close: async () => {
      release = [];
      for (const client of clients) client.destroy();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Turns of the event loop in which each end of a connection hears what the other did: both are of this process. */
async function letSocketsTell(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
