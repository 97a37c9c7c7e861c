import { createMemoryRecords, type MemoryRecords } from "./memory-records.ts";
import { MemorySystemError, type MemoryFailure } from "./memory-failure.ts";

/** Stands for the server of a real adapter: tables, transactions, connections, and days on which it fails. */
export interface MemorySystem {
  readonly records: MemoryRecords;
  /** A connection of its own. Rejects while the system is unavailable. */
  connect(): Promise<MemoryConnection>;
  /** Those that were not ended yet: what a connector left open. */
  countConnections(): number;
  /** Transactions that were asked for so far. */
  countCalls(): number;
  /** Fails every call from now on, until the failure is replaced or ended with null. */
  fail(failure: MemoryFailure | null): void;
}

/** How a connector reaches a memory. */
export interface MemoryConnection {
  /**
   * Runs the work alone: the next transaction begins when it has settled.
   * `about` is what the call carries; the system quotes it in its errors.
   */
  transact<Result>(request: { about: unknown; work: MemoryTransaction<Result> }): Promise<Result>;
  /** Idempotent. */
  end(): void;
}

export type MemoryTransaction<Result> = (tables: {
  records: MemoryRecords;
  /** Throws where the system refuses what concerns this person. */
  requireServed: (row: { subjectRef: string; about: unknown }) => void;
}) => Promise<Result>;

/** A memory that several connectors may share, which can be looked into and made to fail. */
export function createMemorySystem(): MemorySystem {
  const records = createMemoryRecords();
  const connections = new Set<MemoryConnection>();
  let failure: MemoryFailure | null = null;
  let letGo: () => void = () => {};
  let lastTransaction: Promise<unknown> = Promise.resolve();
  let calls = 0;

  function requireServed(row: { subjectRef: string; about: unknown }): void {
    if (failure?.kind !== "refuseSubject" || failure.subjectRef !== row.subjectRef) return;
    throw new MemorySystemError({ code: "ROW_REFUSED", about: row.about });
  }

  async function transact<Result>(request: { about: unknown; work: MemoryTransaction<Result> }): Promise<Result> {
    calls += 1;
    if (failure?.kind === "stalled") await new Promise<void>((resolve) => (letGo = chain(letGo, resolve)));
    failBefore({ failure, about: request.about });
    const result = lastTransaction.then(() => request.work({ records, requireServed }));
    lastTransaction = result.catch(() => {});
    const answer = await result;
    if (failure?.kind === "dropAfterApply") throw new MemorySystemError({ code: "CONNECTION_LOST", about: request.about });
    return answer;
  }

  return {
    records,
    countConnections: () => connections.size,
    countCalls: () => calls,
    fail: (next) => {
      failure = next;
      letGo();
      letGo = () => {};
    },
    connect: async () => {
      if (failure?.kind === "unavailable") throw new MemorySystemError({ code: "CONNECTION_REFUSED", about: null });
      const connection: MemoryConnection = { transact, end: () => connections.delete(connection) };
      connections.add(connection);
      return connection;
    },
  };
}

function chain(first: () => void, second: () => void): () => void {
  return () => {
    first();
    second();
  };
}

function failBefore(request: { failure: MemoryFailure | null; about: unknown }): void {
  const { failure, about } = request;
  switch (failure?.kind) {
    case "unavailable":
      throw new MemorySystemError({ code: "CONNECTION_REFUSED", about });
    case "dropBeforeApply":
      throw new MemorySystemError({ code: "CONNECTION_LOST", about });
    case "expiredSession":
      throw new MemorySystemError({ code: "SESSION_EXPIRED", about });
    case "malformed":
      throw new MemorySystemError({ code: "MALFORMED_ANSWER", about });
    case "rateLimited":
      throw new MemorySystemError({ code: "RATE_LIMITED", about, notBefore: failure.notBefore });
    default:
  }
}
