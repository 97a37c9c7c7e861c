import { mkdir } from "node:fs/promises";
import type { PGlite } from "@electric-sql/pglite";
import { ConnectorError, type Clock } from "@volenti/core/adapter";
import { CONNECTOR_ID, mapPostgresError, type CallPhase } from "../error/map-postgres-error.ts";
import { takeEmbeddedLock, type EmbeddedLock } from "./embedded-lock.ts";
import { raceDeadline } from "./race-deadline.ts";
import { readResult } from "./read-result.ts";
import type { StoreCall, StoreRole, StoreSessions, StoreTransaction } from "./store-sessions.ts";

export interface EmbeddedSessionsOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly timeoutInMs: number;
  /** Brings a store that was just opened up to date. */
  readonly provision: (transaction: StoreTransaction) => Promise<void>;
}

interface OpenedStore {
  readonly database: PGlite;
  readonly lock: EmbeddedLock;
  role: StoreRole;
}

/** Sessions on an embedded PGlite in a folder of this machine: one connection, so that calls wait for each other. */
export function createEmbeddedSessions(options: EmbeddedSessionsOptions): StoreSessions {
  const holder = holdStore(options);
  const enqueue = createQueue();
  return {
    run: (call) => runCall({ call, holder, enqueue, timeoutInMs: options.timeoutInMs }),
    transact: ({ operation, work }) =>
      enqueue(async () => {
        const store = await holder.open(operation);
        try {
          return await transactOn({ database: store.database, work });
        } catch (error) {
          throw mapPostgresError({ error, operation, effect: "write", phase: "revertible" });
        } finally {
          store.role = "login";
        }
      }),
    close: () => enqueue(() => holder.close()),
  };
}

type Enqueue = <Result>(work: () => Promise<Result>) => Promise<Result>;

function createQueue(): Enqueue {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => {});
    return next;
  };
}

interface StoreHolder {
  open(operation: string): Promise<OpenedStore>;
  close(): Promise<void>;
}

function holdStore(options: EmbeddedSessionsOptions): StoreHolder {
  let opened: OpenedStore | undefined;
  let isClosed = false;
  return {
    open: async (operation) => {
      if (isClosed) throw failWith({ operation, providerCode: "closed" });
      opened ??= await openStore({ ...options, operation });
      if (!(await opened.lock.isHeld())) throw failWith({ operation, providerCode: "storeLocked" });
      return opened;
    },
    close: async () => {
      isClosed = true;
      const store = opened;
      opened = undefined;
      // Closing writes: not into a folder that another process has taken over.
      if ((await store?.lock.isHeld()) === true) await store?.database.close();
      await store?.lock.release();
    },
  };
}

async function runCall(request: { call: StoreCall; holder: StoreHolder; enqueue: Enqueue; timeoutInMs: number }): Promise<unknown> {
  const { call, holder, enqueue, timeoutInMs } = request;
  call.signal?.throwIfAborted();
  let phase: CallPhase = "connecting";
  let isAbandoned = false;
  const perform = async (): Promise<unknown> => {
    // Whoever asked has been told that nothing happened: so nothing may.
    if (isAbandoned) return null;
    const store = await holder.open(call.operation);
    if (store.role !== call.role) await store.database.exec(call.role === "login" ? "reset role" : `set role volenti_${call.role}`);
    store.role = call.role;
    if (isAbandoned) return null;
    phase = "sent";
    return readResult(await store.database.query(call.statement, [...call.parameters]));
  };
  try {
    return await raceDeadline({ work: enqueue(perform), timeoutInMs, signal: call.signal });
  } catch (error) {
    isAbandoned = true;
    call.signal?.throwIfAborted();
    throw mapPostgresError({ error, operation: call.operation, effect: call.effect, phase });
  }
}

async function openStore(request: EmbeddedSessionsOptions & { operation: string }): Promise<OpenedStore> {
  const { folder, clock, operation, provision } = request;
  await mkdir(folder, { recursive: true });
  const lock = await takeEmbeddedLock({ folder, clock });
  if (lock === null) throw failWith({ operation, providerCode: "storeLocked" });
  try {
    // Loaded only here: 27 MB that a store on a server has no use for.
    const { PGlite } = await import("@electric-sql/pglite");
    const database = await PGlite.create(folder);
    await transactOn({ database, work: provision });
    return { database, lock, role: "login" };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function failWith(request: { operation: string; providerCode: "closed" | "storeLocked" }): ConnectorError {
  return new ConnectorError({ code: "unavailable", connectorId: CONNECTOR_ID, ...request });
}

async function transactOn<Result>(request: {
  database: PGlite;
  work: (transaction: StoreTransaction) => Promise<Result>;
}): Promise<Result> {
  const { database, work } = request;
  await database.exec("reset role; begin");
  try {
    const result = await work({
      script: async (statements) => {
        await database.exec(statements);
      },
      query: async (statement) => readResult(await database.query(statement)),
    });
    await database.exec("commit");
    return result;
  } catch (error) {
    await database.exec("rollback");
    throw error;
  }
}
