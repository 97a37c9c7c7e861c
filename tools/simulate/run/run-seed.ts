import { drawScenario } from "../scenario/draw-scenario.ts";
import type { DrawnCrash, Scenario } from "../scenario/scenario.ts";
import { createRandom } from "../support/create-random.ts";
import type { CrmKind } from "../world/crm.ts";
import type { LedgerId } from "../world/ledger-id.ts";
import type { Plant } from "../world/open-world.ts";
import { runScenario, type Outcome } from "./run-scenario.ts";

export interface SeedRequest {
  readonly seed: number;
  /** Numbers of submissions that are left out: how a failing run is made short. */
  readonly omitted?: ReadonlySet<number> | undefined;
  /** Instead of the crashes that the seed draws. */
  readonly crashes?: readonly (DrawnCrash | null)[] | undefined;
  /** Instead of the CRM that the seed draws. */
  readonly crm?: CrmKind | undefined;
  /** Instead of the ledger that the seed draws to be a regional store; null: none. */
  readonly store?: LedgerId | null | undefined;
  readonly plant?: Plant | undefined;
}

/** One run, the same for the same request on every machine. */
export function runSeed(request: SeedRequest): Promise<Outcome> {
  const { seed, omitted = new Set(), crashes, crm, store, plant } = request;
  const random = createRandom(String(seed));
  const drawn = drawScenario({ random, crm, store });
  const kept = omitSubmissions({ scenario: drawn, omitted });
  const scenario = crashes === undefined ? kept : { ...kept, faults: { ...kept.faults, crashes } };
  return runScenario({ scenario, random, plant });
}

function omitSubmissions(request: { scenario: Scenario; omitted: ReadonlySet<number> }): Scenario {
  const { scenario, omitted } = request;
  const isKept = ({ number }: { number: number }): boolean => !omitted.has(number);
  const writers = scenario.writers.map((writer) => ({ ...writer, submissions: writer.submissions.filter(isKept) }));
  return { ...scenario, submissions: scenario.submissions.filter(isKept), writers };
}
