import { createHealthCheck } from "./check-health.ts";
import { collectBatch } from "./collect/collect.ts";
import type { CollectPorts, Destination } from "./collect/collect-ports.ts";
import { collectStream } from "./collect/collect-stream.ts";
import { createSubmissionParser } from "./collect/parse-submission.ts";
import { createTurnstile } from "./collect/turnstile.ts";
import { previewSubmission } from "./collect/preview-submission.ts";
import { resolveConfiguration, type ResolvedConfiguration } from "./configuration/resolve-configuration.ts";
import type { VolentiConfiguration } from "./configuration/volenti-configuration.ts";
import { ConnectorError } from "./error/connector-error.ts";
import { normaliseIdentifier } from "./model/normalise-identifier.ts";
import type { SubmissionResult } from "./model/submission-result.ts";
import { createRetryBudget } from "./retry/retry-budget.ts";
import { systemClock, type Clock } from "./support/clock.ts";
import type { ObservedEvent, Observe } from "./support/observe.ts";
import { createPriorityLane } from "./support/priority-lane.ts";
import type { Volenti } from "./volenti.ts";

/** Calls under way at once, a destination. A connector limits what goes on inside one call. */
const CALLS_PER_DESTINATION = 4;

/** What a test owns instead of the machine. */
export interface VolentiPorts {
  clock?: Clock | undefined;
  /** A number in [0, 1), for jitter. */
  random?: (() => number) | undefined;
}

/**
 * Wires a configuration to its destinations. Throws a `ConfigurationError` with every problem; does no I/O: the first
 * submission, or `health()`, does.
 */
export function createVolenti(configuration: VolentiConfiguration, ports: VolentiPorts = {}): Volenti {
  const resolved = resolveConfiguration(configuration);
  const clock = ports.clock ?? systemClock;
  const destinations = openDestinations({ resolved, clock });
  const collectPorts: CollectPorts = {
    configuration: resolved,
    destinations,
    submissions: createTurnstile(),
    people: createTurnstile(),
    clock,
    random: ports.random ?? Math.random,
    observe: protect(resolved.observe),
  };
  const parse = createSubmissionParser(resolved);
  const underWay = new Set<Promise<unknown>>();
  const collect: CollectOneBatch = ({ inputs, firstLine, signal, endRetries }) => {
    const batch = collectBatch({ inputs, firstLine, parse, ports: { ...collectPorts, endRetries }, signal });
    const settled: Promise<unknown> = batch.catch(() => undefined).finally(() => underWay.delete(settled));
    underWay.add(settled);
    return batch;
  };
  const close = async (): Promise<void> => {
    await Promise.all(underWay);
    await Promise.all([...destinations.values()].map(({ connector }) => connector.close()));
  };
  return {
    ...collectingMembers({ collect, clock }),
    preview: async (input) => previewSubmission({ input, line: 1, parse, configuration: resolved, now: clock.now() }),
    health: createHealthCheck({ destinations, clock }),
    close,
    [Symbol.asyncDispose]: close,
    ...describingMembers({ resolved, clock }),
  };
}

type CollectOneBatch = (batch: {
  inputs: readonly unknown[];
  firstLine: number;
  signal?: AbortSignal | undefined;
  endRetries?: AbortSignal | undefined;
}) => Promise<readonly SubmissionResult[]>;

function collectingMembers(request: { collect: CollectOneBatch; clock: Clock }): Pick<Volenti, "collect" | "collectMany"> {
  const { collect, clock } = request;
  return {
    collect: async (submission, options = {}) => {
      options.signal?.throwIfAborted();
      const [result] = await collect({ inputs: [submission], firstLine: 1, signal: options.signal });
      if (result === undefined) throw new TypeError("a submission had no result");
      return result;
    },
    // The signal ends the pulling and the retrying; calls under way finish, so that what was sent is told.
    collectMany: (submissions, options = {}) => collectStream({ submissions, options, clock, collect }),
  };
}

type DescribingMembers = Pick<
  Volenti,
  "controller" | "catalogue" | "keyring" | "crypto" | "clock" | "destinations" | "startupNotes" | "normaliseIdentifier" | "findSubject"
>;

function describingMembers(request: { resolved: ResolvedConfiguration; clock: Clock }): DescribingMembers {
  const { resolved, clock } = request;
  return {
    controller: resolved.controller,
    catalogue: resolved.catalogue,
    keyring: resolved.keyring,
    crypto: resolved.crypto,
    clock,
    destinations: resolved.destinations,
    startupNotes: resolved.startupNotes,
    normaliseIdentifier: ({ kind, value }) => normaliseIdentifier({ kind, value, emailLocalPart: resolved.emailLocalPart }),
    findSubject: async ({ destinationId, identifier }) => {
      const connector = resolved.destinations.get(destinationId);
      if (connector === undefined) {
        throw new ConnectorError({ code: "invalidInput", connectorId: "volenti", operation: "findSubject", fieldNames: ["destinationId"] });
      }
      return connector.profiles.find({ identifier });
    },
  };
}

function openDestinations(request: { resolved: ResolvedConfiguration; clock: Clock }): ReadonlyMap<string, Destination> {
  const { resolved, clock } = request;
  const destinations = new Map<string, Destination>();
  for (const [id, connector] of resolved.destinations) {
    connector.attach({
      destinationId: id,
      controllerId: resolved.controller.id,
      catalogue: resolved.catalogue,
      keyring: resolved.keyring,
      crypto: resolved.crypto,
      clock,
    });
    const lane = createPriorityLane({ maxConcurrency: CALLS_PER_DESTINATION });
    destinations.set(id, { id, connector, lane, budget: createRetryBudget() });
  }
  return destinations;
}

/** An observer that fails must not fail a delivery. */
function protect(observe: Observe | undefined): (event: ObservedEvent) => void {
  return (event) => {
    try {
      const answer: unknown = observe?.(event);
      if (answer instanceof Promise) answer.catch(() => undefined);
    } catch {
      // Dropped, as the configuration says.
    }
  };
}
