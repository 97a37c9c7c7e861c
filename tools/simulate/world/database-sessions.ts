import type { PGlite } from "@electric-sql/pglite";

/** A session of the database. What it did not commit is rolled back at its end. */
export interface DatabaseSession {
  query(request: { statement: string; parameters: readonly unknown[] }): Promise<{ rows: unknown[] }>;
  rollBack(): Promise<void>;
  /** Lets the next one in. Safe to call twice. */
  end(): Promise<void>;
}

/** The sessions of an embedded database, which has one: the next begins when the last has ended, as behind a pooler of one connection. */
export interface DatabaseSessions {
  enter(): Promise<DatabaseSession>;
}

/** `afterCommit`: whoever looks at what is stored. */
export function createDatabaseSessions(request: { database: PGlite; afterCommit: () => Promise<void> }): DatabaseSessions {
  const { database, afterCommit } = request;
  let last: Promise<void> = Promise.resolve();
  return {
    enter: async () => {
      const before = last;
      const { promise, resolve } = Promise.withResolvers<void>();
      last = promise;
      await before;
      return openSession({ database, afterCommit, onEnd: resolve });
    },
  };
}

function openSession(request: { database: PGlite; afterCommit: () => Promise<void>; onEnd: () => void }): DatabaseSession {
  const { database, afterCommit, onEnd } = request;
  let hasEnded = false;
  const rollBack = async (): Promise<void> => {
    if (!hasEnded) await database.exec("rollback");
  };
  return {
    rollBack,
    query: async ({ statement, parameters }) => {
      if (hasEnded) throw new Error("the session has ended");
      if (parameters.length > 0) return database.query(statement, [...parameters]);
      const answers = await database.exec(statement);
      if (statement === "commit") await afterCommit();
      return { rows: answers.at(-1)?.rows ?? [] };
    },
    end: async () => {
      if (hasEnded) return;
      await rollBack();
      hasEnded = true;
      onEnd();
    },
  };
}
