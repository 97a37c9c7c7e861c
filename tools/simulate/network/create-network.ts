import type { Random } from "../support/create-random.ts";
import type { Schedule } from "../support/create-schedule.ts";
import type { Fates, Fault } from "./draw-fate.ts";
import type { Process } from "./process.ts";

/** Something that a process asks of a system. */
export interface Exchange<Answer> {
  readonly process: Process;
  readonly writer: number;
  readonly isRestarted: boolean;
  readonly destinationId: string;
  /** Everything that leaves the process, as text. */
  readonly sent: string;
  /** What the answer acknowledges to be kept, as text; empty where nothing is written. */
  readonly acknowledges: string;
  /** Told when the bytes leave. */
  readonly onLeave?: () => void;
  /** Lets the system do it: whole, and with nothing else in between. */
  readonly carryOut: () => Promise<Answer>;
  /** What the process sees of a fault: an answer, or a rejection. `retryAt`: epoch milliseconds that a throttled system names. */
  readonly answerFault: (request: { fault: Fault; retryAt: number }) => Promise<Answer>;
}

/** Who is told what passes: the checks, and the account of events. */
export interface Wiretap {
  leaves(exchange: { process: Process; destinationId: string; sent: string; acknowledges: string; fate: string }): void;
  carriedOut(exchange: { destinationId: string; sent: string }): void;
  acknowledged(exchange: { process: Process; destinationId: string; sent: string; acknowledges: string }): void;
}

/** The way from every process to every system. Answers come late, in any order, wrong, or never. */
export interface Network {
  exchange<Answer>(exchange: Exchange<Answer>): Promise<Answer>;
}

const USUAL_DELAY_IN_MS = 400;
const SLOW_DELAY_IN_MS = 150_000;
const LONGEST_THROTTLE_IN_MS = 20_000;

interface Parts {
  readonly schedule: Schedule;
  readonly random: Random;
  readonly fates: Fates;
  readonly wiretap: Wiretap;
}

export function createNetwork(parts: Parts): Network {
  return {
    exchange: (exchange) => {
      const { process, destinationId, sent, acknowledges } = exchange;
      // A dead process does nothing more, whatever its promises still do.
      if (!process.isAlive()) return new Promise(() => {});
      const fate = parts.fates.draw(exchange);
      if (fate === "diesBefore") {
        process.die();
        return new Promise(() => {});
      }
      parts.wiretap.leaves({ process, destinationId, sent, acknowledges, fate });
      exchange.onLeave?.();
      if (fate === "diesAfter") process.die();
      return travel({ parts, exchange, fault: fate === "fine" || fate === "diesAfter" ? null : fate });
    },
  };
}

function travel<Answer>(request: { parts: Parts; exchange: Exchange<Answer>; fault: Fault | null }): Promise<Answer> {
  const { parts, exchange, fault } = request;
  const { schedule, random } = parts;
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const arrivesInMs = delay({ random, isSlow: fault === "slowBefore" });
  schedule.after({
    delayInMs: arrivesInMs,
    run: async () => {
      const answer = await settle({ exchange, carryOut: () => carryOut({ parts, exchange, fault }) });
      if (fault === "duplicated") repeat({ parts, exchange });
      schedule.after({
        delayInMs: delay({ random, isSlow: fault === "slowAfter" }),
        run: () => {
          if (!exchange.process.isAlive()) return;
          if (answer.isFulfilled) {
            if (fault === null || SUCCEEDING.has(fault)) parts.wiretap.acknowledged(exchange);
            resolve(answer.value);
          } else reject(answer.reason);
        },
      });
    },
  });
  return promise;
}

/** Faults after which the system's own answer arrives. */
const SUCCEEDING: ReadonlySet<Fault> = new Set<Fault>(["slowBefore", "slowAfter", "duplicated"]);

async function carryOut<Answer>(request: { parts: Parts; exchange: Exchange<Answer>; fault: Fault | null }): Promise<Answer> {
  const { parts, exchange, fault } = request;
  const retryAt = parts.schedule.now() + parts.random.integer(LONGEST_THROTTLE_IN_MS);
  if (fault !== null && fault !== "resetAfter" && !SUCCEEDING.has(fault)) return exchange.answerFault({ fault, retryAt });
  try {
    const answer = await exchange.carryOut();
    return fault === "resetAfter" ? await exchange.answerFault({ fault, retryAt }) : answer;
  } finally {
    parts.wiretap.carriedOut(exchange);
  }
}

/** The same bytes once more, later: nobody reads the second answer. */
function repeat<Answer>(request: { parts: Parts; exchange: Exchange<Answer> }): void {
  const { parts, exchange } = request;
  parts.schedule.after({
    delayInMs: delay({ random: parts.random, isSlow: parts.random.chance(0.3) }),
    run: async () => {
      await settle({ exchange, carryOut: exchange.carryOut });
      parts.wiretap.carriedOut(exchange);
    },
  });
}

type Settled<Answer> = { readonly isFulfilled: true; readonly value: Answer } | { readonly isFulfilled: false; readonly reason: unknown };

async function settle<Answer>(request: { exchange: Exchange<Answer>; carryOut: () => Promise<Answer> }): Promise<Settled<Answer>> {
  try {
    return { isFulfilled: true, value: await request.carryOut() };
  } catch (reason) {
    return { isFulfilled: false, reason };
  }
}

function delay(request: { random: Random; isSlow: boolean }): number {
  return 1 + request.random.integer(request.isSlow ? SLOW_DELAY_IN_MS : USUAL_DELAY_IN_MS);
}
