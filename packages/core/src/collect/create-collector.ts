import type { ResolvedConfiguration } from "../configuration/resolve-configuration.ts";
import type { SubmissionResult } from "../model/submission-result.ts";
import type { Clock } from "../support/clock.ts";
import type { ObservedEvent, Observe } from "../support/observe.ts";
import type { CollectOrigin, Volenti } from "../volenti.ts";
import { createBatchWindow } from "./batch-window.ts";
import { batchSizeFor } from "./batch-size.ts";
import { collectBatch } from "./collect.ts";
import type { CollectPorts, Destination } from "./collect-ports.ts";
import { collectStream } from "./collect-stream.ts";
import { createSubmissionParser, type ParsedSubmission, type ParseSubmission } from "./parse-submission.ts";
import { createTurnstile } from "./turnstile.ts";

/** Submissions on their way in: one at a time, several that come together, or a stream. */
export interface Collector extends Pick<Volenti, "batchSize" | "collect" | "collectMany"> {
  readonly parse: ParseSubmission;
  /** Sends what waits for others, and resolves once every batch under way is done. */
  finish(): Promise<void>;
}

type CollectParsed = (batch: {
  parsed: readonly ParsedSubmission[];
  firstLine: number;
  origin: CollectOrigin;
  signal?: AbortSignal | undefined;
  endRetries?: AbortSignal | undefined;
}) => Promise<readonly SubmissionResult[]>;

type CollectInputs = (batch: {
  inputs: readonly unknown[];
  firstLine: number;
  origin: CollectOrigin;
  endRetries: AbortSignal | undefined;
}) => Promise<readonly SubmissionResult[]>;

interface CollectorParts {
  readonly resolved: ResolvedConfiguration;
  readonly destinations: ReadonlyMap<string, Destination>;
  readonly clock: Clock;
  /** A number in [0, 1), for jitter. */
  readonly random: () => number;
}

export function createCollector(parts: CollectorParts): Collector {
  const { resolved, clock } = parts;
  const parse = createSubmissionParser(resolved);
  const underWay = new Set<Promise<unknown>>();
  const ports = createPorts(parts);
  const collect: CollectParsed = ({ parsed, firstLine, origin, signal, endRetries }) => {
    const batch = collectBatch({ parsed, firstLine, ports: { ...ports, origin, endRetries }, signal });
    const settled: Promise<unknown> = batch.catch(() => undefined).finally(() => underWay.delete(settled));
    underWay.add(settled);
    return batch;
  };
  const parseAndCollect: CollectInputs = ({ inputs, ...batch }) => {
    const now = clock.now();
    return collect({ ...batch, parsed: inputs.map((input) => parse({ input, now })) });
  };
  const batchSize = batchSizeFor(resolved.destinations.values());
  const lone = createLoneCollect({ collect, parse, clock, windowInMs: resolved.batchWindowInMs, batchSize });
  return {
    parse,
    batchSize,
    collect: lone.collect,
    // The signal ends the pulling and the retrying; calls under way finish, so that what was sent is told.
    collectMany: (submissions, options = {}) => collectStream({ submissions, options, batchSize, clock, collect: parseAndCollect }),
    finish: async () => {
      lone.close();
      await Promise.all(underWay);
    },
  };
}

function createPorts({ resolved, destinations, clock, random }: CollectorParts): CollectPorts {
  return {
    configuration: resolved,
    destinations,
    submissions: createTurnstile(),
    people: createTurnstile(),
    origin: "submission",
    clock,
    random,
    observe: protect(resolved.observe),
  };
}

/** One submission a call: alone where no window is open to others, or where nothing of it will be sent. */
function createLoneCollect(request: {
  collect: CollectParsed;
  parse: ParseSubmission;
  clock: Clock;
  windowInMs: number;
  batchSize: number;
}): Pick<Volenti, "collect"> & { close(): void } {
  const { collect, parse, clock, windowInMs, batchSize } = request;
  const window =
    windowInMs === 0
      ? null
      : createBatchWindow({ windowInMs, size: batchSize, clock, collect: (parsed) => collect({ parsed, firstLine: 1, origin: "submission" }) });
  return {
    collect: async (submission, { signal } = {}) => {
      signal?.throwIfAborted();
      // Read before any waiting: what the caller does with the object afterwards is no part of the submission.
      const parsed = parse({ input: submission, now: clock.now() });
      if (window !== null && parsed.ok) return window.collect({ parsed, signal });
      const [result] = await collect({ parsed: [parsed], firstLine: 1, origin: "submission", signal });
      if (result === undefined) throw new TypeError("a submission had no result");
      return result;
    },
    close: () => window?.close(),
  };
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
