import { Pool } from "pg";
import { ConnectorError } from "@volenti/core/adapter";
import { CONNECTOR_ID, mapPostgresError, type CallPhase } from "../error/map-postgres-error.ts";
import { enterRole } from "./enter-role.ts";
import type { PostgresClient, PostgresPool } from "./postgres-pool.ts";
import { raceDeadline } from "./race-deadline.ts";
import { readResult } from "./read-result.ts";
import type { StoreCall, StoreRole, StoreSessions, StoreTransaction } from "./store-sessions.ts";

export interface PostgresSessionsOptions {
  readonly url: string;
  /** An application's pool: used a transaction at a time, and never ended. */
  readonly pool?: PostgresPool | undefined;
  /** `transaction`: roles and limits are set in each transaction anew, as a pooler in between demands. */
  readonly poolingMode: "session" | "transaction";
  readonly timeoutInMs: number;
  readonly maxConnections: number;
  readonly tls?: { readonly ca?: string | undefined; readonly cert?: string | undefined; readonly key?: string | undefined } | undefined;
}

// The server's own limit comes first; this one is for a network that went silent.
const SILENCE_IN_MS = 2000;

interface PoolHolder {
  connect(operation: string): Promise<PostgresClient>;
  close(): Promise<void>;
}

interface UsedConnection {
  readonly client: PostgresClient;
  /** How far the call came, for whoever has to say what its failure means. */
  readonly enter: (phase: CallPhase) => void;
}

/** Sessions on a PostgreSQL server, through a `pg` pool. Opens nothing before the first call. */
export function createPostgresSessions(options: PostgresSessionsOptions): StoreSessions {
  const holder = holdPool(options);
  const isSticky = options.pool === undefined && options.poolingMode === "session";
  const perform = isSticky ? stickyCalls(options) : transactionCalls(options);
  return {
    run: (call) =>
      useConnection({
        holder,
        operation: call.operation,
        effect: call.effect,
        signal: call.signal,
        keepsTransaction: !isSticky,
        timeoutInMs: options.timeoutInMs,
        work: (connection) => perform({ call, connection }),
      }),
    transact: ({ operation, work }) =>
      useConnection({
        holder,
        operation,
        effect: "write",
        keepsTransaction: true,
        // Building a schema may take long, and is watched by whoever asked for it.
        timeoutInMs: null,
        work: async ({ client, enter }) => {
          enter("revertible");
          await client.query("begin isolation level read committed; set local role none; set local statement_timeout to 0", []);
          const result = await work(transactionOf(client));
          enter("sent");
          await client.query("commit", []);
          return result;
        },
      }),
    close: () => holder.close(),
  };
}

function holdPool(options: PostgresSessionsOptions): PoolHolder {
  let ownPool: Pool | undefined;
  let isClosed = false;
  return {
    connect: async (operation) => {
      if (isClosed) throw new ConnectorError({ code: "unavailable", connectorId: CONNECTOR_ID, operation, providerCode: "closed" });
      if (options.pool !== undefined) return options.pool.connect();
      ownPool ??= openPool(options);
      return ownPool.connect();
    },
    close: async () => {
      isClosed = true;
      const pool = ownPool;
      ownPool = undefined;
      await pool?.end();
    },
  };
}

/** Borrows a connection for one piece of work, and gives it back only where it is still good. */
async function useConnection<Result>(request: {
  holder: PoolHolder;
  operation: string;
  effect: "read" | "write";
  signal?: AbortSignal | undefined;
  keepsTransaction: boolean;
  timeoutInMs: number | null;
  work: (connection: UsedConnection) => Promise<Result>;
}): Promise<Result> {
  const { holder, operation, effect, signal, timeoutInMs } = request;
  signal?.throwIfAborted();
  let phase: CallPhase = "connecting";
  let client: PostgresClient | undefined;
  try {
    client = await borrow({ connecting: holder.connect(operation), timeoutInMs, signal });
    client.on?.("error", ignoreEnd);
    const work = request.work({ client, enter: (entered) => (phase = entered) });
    const result = timeoutInMs === null ? await work : await raceDeadline({ work, timeoutInMs: timeoutInMs + SILENCE_IN_MS, signal });
    giveBack({ client, isGood: true });
    return result;
  } catch (error) {
    const isGood = client !== undefined && isStatementError(error) && (!request.keepsTransaction || (await rollBack(client)));
    if (client !== undefined) giveBack({ client, isGood });
    signal?.throwIfAborted();
    throw mapPostgresError({ error, operation, effect, phase });
  }
}

/** A connection that comes when nobody waits for it any more goes back at once. */
async function borrow(request: {
  connecting: Promise<PostgresClient>;
  timeoutInMs: number | null;
  signal?: AbortSignal | undefined;
}): Promise<PostgresClient> {
  const { connecting, timeoutInMs, signal } = request;
  if (timeoutInMs === null) return connecting;
  try {
    return await raceDeadline({ work: connecting, timeoutInMs: timeoutInMs + SILENCE_IN_MS, signal });
  } catch (error) {
    connecting.then((late) => late.release()).catch(() => {});
    throw error;
  }
}

/** The role stays with the connection: one round trip a call, but for the first under a role. */
function stickyCalls(options: PostgresSessionsOptions) {
  const roles = new WeakMap<PostgresClient, StoreRole>();
  return async (request: { call: StoreCall; connection: UsedConnection }): Promise<unknown> => {
    const { call, connection } = request;
    const { client, enter } = connection;
    if (roles.get(client) !== call.role) {
      roles.delete(client);
      await client.query(enterRole({ role: call.role, scope: "session", timeoutInMs: options.timeoutInMs }), []);
    }
    roles.set(client, call.role);
    enter("sent");
    return readResult(await client.query(call.statement, call.parameters));
  };
}

function transactionCalls(options: PostgresSessionsOptions) {
  return async (request: { call: StoreCall; connection: UsedConnection }): Promise<unknown> => {
    const { call, connection } = request;
    const { client, enter } = connection;
    const role = enterRole({ role: call.role, scope: "local", timeoutInMs: options.timeoutInMs });
    await client.query(`begin isolation level read committed; ${role}`, []);
    enter("revertible");
    const answer = await client.query(call.statement, call.parameters);
    enter("sent");
    await client.query("commit", []);
    return readResult(answer);
  };
}

function openPool(options: PostgresSessionsOptions): Pool {
  const { tls } = options;
  const pool = new Pool({
    connectionString: tls === undefined ? options.url : withoutTlsParameters(options.url),
    max: options.maxConnections,
    connectionTimeoutMillis: options.timeoutInMs,
    application_name: "volenti",
    keepAlive: true,
    allowExitOnIdle: true,
    ...(tls === undefined
      ? {}
      : {
          ssl: {
            rejectUnauthorized: true,
            ...(tls.ca === undefined ? {} : { ca: tls.ca }),
            ...(tls.cert === undefined ? {} : { cert: tls.cert }),
            ...(tls.key === undefined ? {} : { key: tls.key }),
          },
        }),
  });
  // An idle connection that ends is no failure of any call: the pool opens another.
  pool.on("error", ignoreEnd);
  return pool;
}

/** `pg` lets `sslmode` and its like in a URL win over everything else, so that one of them could undo what `tls` demands. */
function withoutTlsParameters(url: string): string {
  const [address = "", query] = url.split("?", 2);
  if (query === undefined) return url;
  const parameters = [...new URLSearchParams(query)].filter(([name]) => !/^(?:ssl|uselibpqcompat)/.test(name));
  return `${address}?${new URLSearchParams(parameters).toString()}`;
}

function transactionOf(client: PostgresClient): StoreTransaction {
  return {
    script: async (statements) => {
      await client.query(statements, []);
    },
    query: async (statement) => readResult(await client.query(statement, [])),
  };
}

/** The server refused a statement and kept the connection; class 57P and 08 mean that it is going. */
function isStatementError(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" && /^[0-9][0-9A-Z]{4}$/.test(code) && !/^(?:08|57P)/.test(code);
}

async function rollBack(client: PostgresClient): Promise<boolean> {
  try {
    await client.query("rollback", []);
    return true;
  } catch {
    return false;
  }
}

function giveBack(request: { client: PostgresClient; isGood: boolean }): void {
  const { client, isGood } = request;
  // A closed connection may say so late, when nobody uses it any more: it keeps its listener.
  if (isGood) client.off?.("error", ignoreEnd);
  client.release(!isGood);
}

/** Whoever uses the connection is told by the rejection of what it sent. */
function ignoreEnd(): void {}
