import type { DrawnFaults, DrawnOutage } from "../scenario/scenario.ts";
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

/** Draws fates. Crashes and outages come at the exchange that the scenario names; other faults by chance, until they are used up. */
export interface Fates {
  draw(request: { process: Process; writer: number; isRestarted: boolean; destinationId: string }): Fate;
  /** How many went wrong. */
  count(): number;
}

export function createFates(request: { random: Random; faults: DrawnFaults; now: () => number }): Fates {
  const { random, faults, now } = request;
  const drawOutage = createOutage({ outage: faults.outage, now });
  const possible = FAULTS.filter((fault) => !faults.excluded.includes(fault));
  let byChance = 0;
  let inOutage = 0;
  return {
    draw: ({ process, writer, isRestarted, destinationId }) => {
      const number = process.countExchange();
      const crash = isRestarted ? null : faults.crashes[writer];
      if (crash?.at === number) return crash.isSent ? "diesAfter" : "diesBefore";
      const outage = drawOutage(destinationId);
      if (outage !== null) {
        inOutage += 1;
        return outage;
      }
      if (byChance >= faults.limit || !random.chance(faults.probability)) return "fine";
      byChance += 1;
      return random.pick(possible);
    },
    count: () => byChance + inOutage,
  };
}

/** One exchange is carried out and never answered; from then on the system refuses everything, until it is back. */
function createOutage(request: { outage: DrawnOutage | null; now: () => number }): (destinationId: string) => Fault | null {
  const { outage, now } = request;
  let exchanges = 0;
  let endsAt = -Infinity;
  return (destinationId) => {
    if (outage === null || destinationId !== outage.destinationId) return null;
    exchanges += 1;
    if (exchanges !== outage.at) return now() < endsAt ? "refused" : null;
    endsAt = now() + outage.durationInMs;
    return "resetAfter";
  };
}
