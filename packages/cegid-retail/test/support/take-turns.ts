import { listenOnLoopback, type CegidRetailEmulator } from "@volenti/emulators";
import { onTestFinished } from "vitest";

/** Two ways to one folder, whose requests are handled in an order that the test says. */
export interface Turns {
  /** Of the first process, and of the second. */
  readonly urls: readonly [string, string];
  /** A process that ends no longer holds the other up. */
  readonly end: (process: 0 | 1) => void;
}

/** Requests are handled one at a time: each waits until it is its process's turn; behind the last turn they come as they come. */
export async function takeTurns(request: { emulator: CegidRetailEmulator; turns: readonly (0 | 1)[] }): Promise<Turns> {
  const { emulator } = request;
  const left = [...request.turns];
  const ended = new Set<number>();
  const waiting: { process: 0 | 1; start: () => void }[] = [];
  let isBusy = false;
  const next = (): void => {
    while (left[0] !== undefined && ended.has(left[0])) left.shift();
    const [turn] = left;
    const index = waiting.findIndex(({ process }) => turn === undefined || process === turn);
    if (isBusy || index < 0) return;
    left.shift();
    isBusy = true;
    for (const { start } of waiting.splice(index, 1)) start();
  };
  const listen = async (process: 0 | 1): Promise<string> => {
    const handle: typeof emulator.handle = async (sent) => {
      await new Promise<void>((start) => {
        waiting.push({ process, start });
        next();
      });
      const answer = await emulator.handle(sent);
      isBusy = false;
      next();
      return answer;
    };
    const server = await listenOnLoopback({ handle });
    onTestFinished(() => server.close());
    return server.url;
  };
  return {
    urls: [await listen(0), await listen(1)],
    end: (process) => {
      ended.add(process);
      next();
    },
  };
}
