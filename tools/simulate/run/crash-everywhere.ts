import type { DrawnCrash } from "../scenario/scenario.ts";
import type { Outcome } from "./run-scenario.ts";
import { runSeed, type SeedRequest } from "./run-seed.ts";

export interface CrashRun {
  readonly crash: DrawnCrash;
  readonly outcome: Outcome;
}

/** Counts the exchanges of the first writer with the systems, and lets it die before and after each of them in turn. */
export async function* crashEverywhere(request: SeedRequest): AsyncGenerator<CrashRun, void, undefined> {
  const { exchanges } = await runSeed({ ...request, crashes: [] });
  for (let at = 1; at <= (exchanges[0] ?? 0); at += 1) {
    for (const isSent of [false, true]) {
      const crash: DrawnCrash = { at, isSent };
      yield { crash, outcome: await runSeed({ ...request, crashes: [crash] }) };
    }
  }
}
