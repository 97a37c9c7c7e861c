import type { Volenti } from "@volenti/core";
import type { CataloguedPurpose } from "@volenti/core/adapter";
import type { RetentionSources } from "./find-sources.ts";
import type { RetentionRequest } from "./retention-report.ts";
import type { RetentionTally } from "./retention-tally.ts";

/** What every step of a run is given. */
export interface RetentionRun extends RetentionSources {
  readonly volenti: Volenti;
  readonly request: RetentionRequest;
  /** The current version of each. */
  readonly purposes: readonly CataloguedPurpose[];
  /** Epoch milliseconds: everybody is judged by one instant. */
  readonly now: number;
  readonly tally: RetentionTally;
}
