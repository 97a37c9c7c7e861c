import { crashEverywhere } from "./crash-everywhere.ts";
import { runSeed, type SeedRequest } from "./run-seed.ts";
import type { CrmKind } from "../world/crm.ts";
import type { LedgerId } from "../world/ledger-id.ts";
import type { Outcome } from "./run-scenario.ts";

/** A share of the seeds: every `step`th from `first` on, below `end`. */
export interface Share {
  readonly first: number;
  readonly step: number;
  readonly end: number;
  readonly isCrashingEverywhere: boolean;
  /** Undefined: what each seed draws. */
  readonly crm: CrmKind | undefined;
  readonly store: LedgerId | null | undefined;
}

export interface ShareResult {
  readonly runs: number;
  readonly exchanges: number;
  readonly faults: number;
  /** The runs that broke a promise, as they can be asked for again. */
  readonly failures: readonly SeedRequest[];
}

/** Most failures that are worth being told: one bug makes many. */
const MOST_FAILURES = 20;

/** Runs a share; `plant` is for tests, which want to see it fail. */
export async function runShare(request: { share: Share; plant?: SeedRequest["plant"] }): Promise<ShareResult> {
  const { share: { first, step, end, isCrashingEverywhere, crm, store }, plant } = request;
  const counted = { runs: 0, exchanges: 0, faults: 0 };
  const failures: SeedRequest[] = [];
  const count = (seed: SeedRequest, outcome: Outcome): void => {
    counted.runs += 1;
    counted.exchanges += outcome.exchanges.reduce((sum, exchanges) => sum + exchanges, 0);
    counted.faults += outcome.faults;
    if (outcome.findings.length > 0 && failures.length < MOST_FAILURES) failures.push(seed);
  };
  for (let seed = first; seed < end; seed += step) {
    if (isCrashingEverywhere) {
      for await (const { crash, outcome } of crashEverywhere({ seed, crm, store, plant })) count({ seed, crm, store, crashes: [crash] }, outcome);
    } else count({ seed, crm, store }, await runSeed({ seed, crm, store, plant }));
  }
  return { ...counted, failures };
}
