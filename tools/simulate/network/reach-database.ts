import type { PostgresClient, PostgresPool } from "@volenti/regional-store";
import type { DatabaseSession, DatabaseSessions } from "../world/database-sessions.ts";
import type { Caller } from "../world/simulated-system.ts";
import type { Fault } from "./draw-fate.ts";

/** A PostgreSQL as one process reaches it: at the place of the driver, each statement an exchange over the network. */
export function reachDatabase(request: Caller & { sessions: DatabaseSessions }): PostgresPool {
  return {
    connect: async () => {
      const session = await request.sessions.enter();
      const line = openLine(session);
      if (!request.process.isAlive()) {
        await line.hangUp();
        return new Promise(() => {});
      }
      void request.process.death.then(() => line.hangUp());
      return openClient({ ...request, session, line });
    },
  };
}

/** A connection: what was sent before its end arrives, and the session ends after it. */
interface Line {
  isUp(): boolean;
  depart(): void;
  arrive(): Promise<void>;
  hangUp(): Promise<void>;
}

function openLine(session: DatabaseSession): Line {
  let isUp = true;
  let underWay = 0;
  const endWhenQuiet = async (): Promise<void> => {
    if (!isUp && underWay === 0) await session.end();
  };
  return {
    isUp: () => isUp,
    depart: () => void (underWay += 1),
    arrive: async () => {
      underWay -= 1;
      await endWhenQuiet();
    },
    hangUp: async () => {
      isUp = false;
      await endWhenQuiet();
    },
  };
}

function openClient(request: Caller & { session: DatabaseSession; line: Line }): PostgresClient {
  const { session, line, network, ...caller } = request;
  // What was written since the transaction began: that it is kept, only its commit says.
  let written = "";
  return {
    release: () => void line.hangUp(),
    query: async (statement, parameters) => {
      if (!line.isUp()) throw new Error("the connection was closed");
      const sent = JSON.stringify({ statement, parameters: parameters.map(toText) });
      const acknowledges = statement === "commit" ? written : "";
      if (statement.includes("volenti.write_v1")) written += sent;
      let hasArrived = false;
      const settle = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
        try {
          return await answer;
        } finally {
          if (!hasArrived) await line.arrive();
          hasArrived = true;
        }
      };
      return network.exchange({
        ...caller,
        sent,
        acknowledges,
        onLeave: () => line.depart(),
        carryOut: () => settle(session.query({ statement, parameters })),
        answerFault: ({ fault }) => settle(fail({ fault, isBeginning: statement.startsWith("begin"), session, line })),
      });
    },
  };
}

function toText(parameter: unknown): unknown {
  return parameter instanceof Uint8Array ? Buffer.from(parameter).toString("utf8") : parameter;
}

/** Nothing of the transaction stays, whatever went wrong, if it was not committed before. */
async function fail(request: { fault: Fault; isBeginning: boolean; session: DatabaseSession; line: Line }): Promise<never> {
  const { fault, isBeginning, session, line } = request;
  await session.rollBack();
  const code = CODES[isBeginning ? "begin" : "within"][fault];
  if (code === undefined || ENDING.has(code)) await line.hangUp();
  throw Object.assign(new Error("the server or the network failed"), code === undefined ? {} : { code });
}

/** SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html); none: the connection ends without a word. */
const CODES: Readonly<Record<"begin" | "within", Partial<Record<Fault, string>>>> = {
  begin: { refused: "57P03", unauthorised: "28P01", throttled: "53300" },
  within: { refused: "40001", unauthorised: "57P01", throttled: "57014" },
};
/** Those after which the server ends the connection. */
const ENDING: ReadonlySet<string> = new Set(["57P03", "28P01", "53300", "57P01"]);
