import type { Clock } from "@volenti/core/adapter";

/** Work that is done once, some time after it was added, one after the other, by this process alone. */
export interface Agenda {
  /** Work of a key that is already waiting replaces it: it is done once, for all that was added before. */
  add(request: { key: string | null; work: () => Promise<unknown> }): void;
}

interface Entry {
  readonly key: string | null;
  readonly work: () => Promise<unknown>;
  /** Epoch milliseconds. */
  readonly dueAt: number;
}

/**
 * One sleeper, however much is waiting. What is still waiting when the signal is aborted is not done. Work that fails is
 * nobody's: it has told, or noted, whatever there is to tell.
 */
export function createAgenda(request: { durationInMs: number; signal: AbortSignal; clock: () => Clock }): Agenda {
  const { durationInMs, signal, clock } = request;
  let waiting: Entry[] = [];
  let isUnderWay = false;
  const workOff = async (): Promise<void> => {
    try {
      for (let next = waiting.shift(); next !== undefined && !signal.aborted; next = waiting.shift()) {
        await clock().sleep({ durationInMs: Math.max(0, next.dueAt - clock().now()), signal });
        await next.work().catch(() => undefined);
      }
    } catch {
      waiting = [];
    } finally {
      // In the very turn in which nothing was found to be waiting: whatever is added behind it wakes a sleeper of its own.
      isUnderWay = false;
    }
  };
  return {
    add: ({ key, work }) => {
      const last = waiting.at(-1);
      if (key !== null && last?.key === key) waiting.pop();
      waiting.push({ key, work, dueAt: clock().now() + durationInMs });
      if (isUnderWay) return;
      isUnderWay = true;
      void workOff();
    },
  };
}
