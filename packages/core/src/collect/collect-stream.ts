import type { SubmissionResult } from "../model/submission-result.ts";
import type { Clock } from "../support/clock.ts";
import type { CollectManyOptions, CollectOrigin } from "../volenti.ts";
import { nextBatch, type BatchSource } from "./next-batch.ts";

const DEFAULTS = { concurrency: 2, lingerInMs: 50 } as const;

/**
 * Collects a stream: at most `concurrency` batches under way, results in input order. The source is pulled only from
 * inside the consumer's own pull, so a slow consumer slows the source, and memory does not grow with the input.
 */
export async function* collectStream(request: {
  submissions: AsyncIterable<unknown> | Iterable<unknown>;
  options: CollectManyOptions;
  /** Submissions a batch where the options name no size. */
  batchSize: number;
  clock: Clock;
  collect: (batch: { inputs: readonly unknown[]; firstLine: number; origin: CollectOrigin; endRetries: AbortSignal | undefined }) => Promise<readonly SubmissionResult[]>;
}): AsyncGenerator<SubmissionResult, void, undefined> {
  const { options, batchSize, clock, collect } = request;
  const { signal, origin = "submission" } = options;
  const concurrency = wholeOr({ value: options.concurrency, fallback: DEFAULTS.concurrency });
  const source = openSource(request.submissions);
  const underWay: Promise<readonly SubmissionResult[]>[] = [];
  const limits = {
    size: wholeOr({ value: options.batchSize, fallback: batchSize }),
    lingerInMs: options.lingerInMs ?? DEFAULTS.lingerInMs,
  };
  let firstLine = 1;
  try {
    while (true) {
      while (!source.isDone && signal?.aborted !== true && underWay.length < concurrency) {
        const inputs = await nextBatch({ source, limits, clock, signal, isIdle: underWay.length === 0 });
        if (inputs.length === 0) break;
        underWay.push(startQuietly(collect({ inputs, firstLine, origin, endRetries: signal })));
        firstLine += inputs.length;
      }
      const oldest = underWay.shift();
      if (oldest === undefined) {
        if (source.failure !== null) throw source.failure.reason;
        if (source.isDone || signal?.aborted === true) return;
        continue;
      }
      yield* await oldest;
    }
  } finally {
    await Promise.allSettled(underWay);
    // A generator that waits for its own source answers a return only when that wait ends: nobody waits for it here.
    if (source.pending === null) await source.close();
    else void startQuietly(source.close());
  }
}

/** A positive whole number, else the default: what is neither would never fill a batch. */
function wholeOr(request: { value: number | undefined; fallback: number }): number {
  const { value, fallback } = request;
  return value !== undefined && Number.isSafeInteger(value) && value > 0 ? value : fallback;
}

/** A batch that fails while an older one is still awaited is not an unhandled rejection: it is met in its turn. */
function startQuietly<Result>(promise: Promise<Result>): Promise<Result> {
  promise.catch(() => undefined);
  return promise;
}

function openSource(submissions: AsyncIterable<unknown> | Iterable<unknown>): BatchSource {
  const iterator =
    Symbol.asyncIterator in submissions ? submissions[Symbol.asyncIterator]() : submissions[Symbol.iterator]();
  return {
    isDone: false,
    failure: null,
    pending: null,
    next: async () => iterator.next(),
    close: async () => {
      await iterator.return?.();
    },
  };
}
