import type { DrawnFaults } from "../scenario/scenario.ts";
import type { Random } from "../support/create-random.ts";
import type { Process } from "./process.ts";

/** What becomes of one exchange with a system. */
export const FAULTS = [
  "refused",
  "resetBefore",
  "resetAfter",
  "slowBefore",
  "slowAfter",
  "unauthorised",
  "throttled",
  "malformed",
  "duplicated",
] as const;

export type Fault = (typeof FAULTS)[number];

/** - `diesBefore`, `diesAfter`: the process dies before, or right after, its bytes left */
export type Fate = Fault | "fine" | "diesBefore" | "diesAfter";

/** Draws fates. Crashes come at the exchange that the scenario names; other faults by chance, until they are used up. */
export interface Fates {
  draw(request: { process: Process; writer: number; isRestarted: boolean }): Fate;
  /** How many went wrong. */
  count(): number;
}

export function createFates(request: { random: Random; faults: DrawnFaults }): Fates {
  const { random, faults } = request;
  const possible = FAULTS.filter((fault) => !faults.excluded.includes(fault));
  let drawn = 0;
  return {
    draw: ({ process, writer, isRestarted }) => {
      const number = process.countExchange();
      const crash = isRestarted ? null : faults.crashes[writer];
      if (crash?.at === number) return crash.isSent ? "diesAfter" : "diesBefore";
      if (drawn >= faults.limit || !random.chance(faults.probability)) return "fine";
      drawn += 1;
      return random.pick(possible);
    },
    count: () => drawn,
  };
}
