import type { ResolvedConfiguration } from "../configuration/resolve-configuration.ts";
import type { ConnectorV1 } from "../connector/v1/connector-v1.ts";
import type { RetryBudget } from "../retry/retry-budget.ts";
import type { Clock } from "../support/clock.ts";
import type { CollectOrigin } from "../volenti.ts";
import type { PriorityLane } from "../support/priority-lane.ts";
import type { Turnstile } from "./turnstile.ts";
import type { ObservedEvent } from "../support/observe.ts";

/** A destination with what core keeps for it: its queue and its budget of retries. */
export interface Destination {
  readonly id: string;
  readonly connector: ConnectorV1;
  readonly lane: PriorityLane;
  readonly budget: RetryBudget;
}

/** What the stages that do I/O are given. */
export interface CollectPorts {
  readonly configuration: ResolvedConfiguration;
  readonly destinations: ReadonlyMap<string, Destination>;
  /** By identifier and submission id: known before anybody is asked. */
  readonly submissions: Turnstile;
  /** By ref: known once the ledger has answered, however the person was named. Entered inside the other, never around it. */
  readonly people: Turnstile;
  readonly origin: CollectOrigin;
  readonly clock: Clock;
  /** A number in [0, 1), for jitter. */
  readonly random: () => number;
  readonly observe: (event: ObservedEvent) => void;
  /** Once aborted, a call under way finishes and is not made again. */
  readonly endRetries?: AbortSignal | undefined;
}
