import type { Clock } from "../support/clock.ts";

/** A source that is read one input at a time, with the read that a batch did not wait for. */
export interface BatchSource {
  isDone: boolean;
  /** What the source threw: told once everything read before it was delivered. */
  failure: { readonly reason: unknown } | null;
  pending: Promise<IteratorResult<unknown>> | null;
  next(): Promise<IteratorResult<unknown>>;
  close(): Promise<void>;
}

const LONGEST_TIMER_IN_MS = 2 ** 31 - 1;
const LINGERED: unique symbol = Symbol("lingered");

/**
 * Fills a batch: up to `size` inputs, or what has come when the source stays silent for `lingerInMs`. While other
 * batches are under way an empty batch is answered after the linger, so that their results are not held back.
 */
export async function nextBatch(request: {
  source: BatchSource;
  limits: { size: number; lingerInMs: number };
  clock: Clock;
  signal: AbortSignal | undefined;
  isIdle: boolean;
}): Promise<readonly unknown[]> {
  const { source, limits, clock, signal, isIdle } = request;
  const inputs: unknown[] = [];
  while (inputs.length < limits.size && signal?.aborted !== true) {
    source.pending ??= source.next();
    const mayLinger = inputs.length > 0 || !isIdle;
    const step = await settleWithin({ promise: source.pending, limits: mayLinger ? limits : null, clock, signal }).catch(
      (reason: unknown): IteratorResult<unknown> => {
        source.failure = { reason };
        return { done: true, value: undefined };
      },
    );
    if (step === LINGERED) break;
    source.pending = null;
    if (step.done === true) {
      source.isDone = true;
      break;
    }
    inputs.push(step.value);
  }
  return inputs;
}

async function settleWithin(request: {
  promise: Promise<IteratorResult<unknown>>;
  limits: { lingerInMs: number } | null;
  clock: Clock;
  signal: AbortSignal | undefined;
}): Promise<IteratorResult<unknown> | typeof LINGERED> {
  const { promise, limits, clock, signal } = request;
  // An input that is there already costs no timer.
  const ready = await Promise.race<IteratorResult<unknown> | typeof LINGERED>([promise, afterOneTurn()]);
  if (ready !== LINGERED) return ready;
  const stop = new AbortController();
  // Without a limit only the signal ends the waiting; the timer must end with it, or it keeps the process alive.
  const either = AbortSignal.any(signal === undefined ? [stop.signal] : [stop.signal, signal]);
  const durationInMs = limits?.lingerInMs ?? LONGEST_TIMER_IN_MS;
  const lingered = clock.sleep({ durationInMs, signal: either }).then(
    (): typeof LINGERED => LINGERED,
    (): typeof LINGERED => LINGERED,
  );
  try {
    return await Promise.race<IteratorResult<unknown> | typeof LINGERED>([promise, lingered]);
  } finally {
    stop.abort();
  }
}

async function afterOneTurn(): Promise<typeof LINGERED> {
  await Promise.resolve();
  await Promise.resolve();
  return LINGERED;
}
