import type { Clock } from "@volenti/core";
import type { Random } from "./create-random.ts";

/** Time and everything that waits for it. One thing happens after the other; between two, everybody finishes thinking. */
export interface Schedule {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Lets something happen later. What is due in one millisecond happens in an order that is drawn. Answers how to call it off. */
  after(request: { delayInMs: number; run: () => Promise<void> | void }): () => void;
  /** Lets time pass until the promise has settled. Rejects with it, and with {@link StuckError} when nothing is left to happen. */
  passUntil<Result>(promise: Promise<Result>): Promise<Result>;
  /** Lets everything happen that is still under way. */
  drain(): Promise<void>;
}

/** Somebody waits for something that nobody will do any more, or for ever. */
export class StuckError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "StuckError";
  }
}

interface Happening {
  readonly at: number;
  readonly order: number;
  readonly run: () => Promise<void> | void;
}

/** More than any run needs: whoever gets here goes round in a circle. */
const MOST_HAPPENINGS = 50_000;

/** `turns`: rounds of the event loop in which everybody has finished thinking; more than one where streams are in between. */
export function createSchedule(request: { startAt: number; random: Random; turns: number }): Schedule {
  const { random, turns } = request;
  const waiting = new Set<Happening>();
  let now = request.startAt;
  let happened = 0;
  const step = async (): Promise<boolean> => {
    await settle(turns);
    const next = earliest(waiting);
    if (next === undefined) return false;
    happened += 1;
    if (happened > MOST_HAPPENINGS) throw new StuckError("it never comes to an end");
    waiting.delete(next);
    now = Math.max(now, next.at);
    await next.run();
    return true;
  };
  return {
    now: () => now,
    after: ({ delayInMs, run }) => {
      const happening: Happening = { at: now + Math.max(0, delayInMs), order: random.next(), run };
      waiting.add(happening);
      return () => void waiting.delete(happening);
    },
    passUntil: async (promise) => {
      let isSettled = false;
      promise.then(() => (isSettled = true), () => (isSettled = true));
      while (!isSettled) {
        if (await step()) continue;
        await settle(turns);
        if (!isSettled && waiting.size === 0) throw new StuckError("somebody waits for what nobody will do");
      }
      return promise;
    },
    drain: async () => {
      while (await step());
    },
  };
}

async function settle(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}

function earliest(waiting: ReadonlySet<Happening>): Happening | undefined {
  let first: Happening | undefined;
  for (const happening of waiting) {
    if (first === undefined || happening.at < first.at || (happening.at === first.at && happening.order < first.order)) first = happening;
  }
  return first;
}

/** A clock of one process over the schedule. A process that died is not woken. */
export function createClock(request: { schedule: Schedule; isAlive: () => boolean; skewInMs: number }): Clock {
  const { schedule, isAlive, skewInMs } = request;
  return {
    now: () => schedule.now() + skewInMs,
    sleep: ({ durationInMs, signal }) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const cancel = schedule.after({ delayInMs: durationInMs, run: () => (isAlive() ? resolve() : undefined) });
        const onAbort = (): void => {
          cancel();
          reject(signal?.reason);
        };
        signal?.addEventListener("abort", onAbort, { once: true });
      }),
  };
}
