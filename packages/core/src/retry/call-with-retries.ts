import pRetry from "p-retry";
import { ConnectorError } from "../error/connector-error.ts";
import type { Clock } from "../support/clock.ts";
import type { RetryBudget } from "./retry-budget.ts";

export interface RetryPolicy {
  /** Calls, the first included. */
  readonly maxAttempts: number;
  readonly baseDelayInMs: number;
  readonly maxDelayInMs: number;
  /** From the first call on, waiting included. */
  readonly totalBudgetInMs: number;
}

export interface RetryRequest<Result> {
  /** Makes one attempt; a rejected promise with a `ConnectorError` may be followed by another. */
  readonly attempt: (attemptNumber: number) => Promise<Result>;
  readonly policy: RetryPolicy;
  readonly budget: RetryBudget;
  readonly clock: Clock;
  /** A number in [0, 1), for jitter. */
  readonly random: () => number;
  readonly carriesRefusals: boolean;
  /** Whether a write whose outcome is unknown may be sent again, under the same ids. */
  readonly mayRepeatUnknown: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onRetry?: ((event: { code: string; delayInMs: number }) => void) | undefined;
}

type Settled<Result> = { readonly result: Result } | { readonly failure: unknown };

/**
 * The one retry loop: full jitter under a cap, the system's own not-before respected, a total budget of time and a
 * budget of calls a destination. A failure that is not worth another call is thrown as it came. An abort ends the
 * waiting, never a call that is under way: what was written is reported as written.
 */
export async function callWithRetries<Result>(request: RetryRequest<Result>): Promise<Result> {
  const { attempt, policy, budget, clock } = request;
  const startedAt = clock.now();
  budget.earn();
  // p-retry counts; its own clock is set to zero, since it cannot be passed in and would report a write that succeeded
  // during an abort as aborted. Waiting, jitter and abort are done here.
  const settled = await pRetry(
    async (attemptNumber): Promise<Settled<Result>> => {
      try {
        return { result: await attempt(attemptNumber) };
      } catch (failure) {
        if (!ConnectorError.isInstance(failure)) return { failure };
        failure.attempts = attemptNumber;
        throw failure;
      }
    },
    {
      retries: policy.maxAttempts - 1,
      minTimeout: 0,
      maxTimeout: 0,
      factor: 1,
      randomize: false,
      shouldRetry: ({ error, attemptNumber }) =>
        ConnectorError.isInstance(error) && waitForNextAttempt({ request, error, attemptNumber, startedAt }),
    },
  );
  if ("failure" in settled) throw settled.failure;
  return settled.result;
}

async function waitForNextAttempt<Result>(context: {
  request: RetryRequest<Result>;
  error: ConnectorError;
  attemptNumber: number;
  startedAt: number;
}): Promise<boolean> {
  const { request, error, attemptNumber, startedAt } = context;
  const { policy, budget, clock, random, signal } = request;
  if (signal?.aborted === true || !isWorthAnotherCall({ error, mayRepeatUnknown: request.mayRepeatUnknown })) return false;
  const now = clock.now();
  const ceiling = Math.min(policy.maxDelayInMs, policy.baseDelayInMs * 2 ** (attemptNumber - 1));
  const notBefore = error.retry.kind === "afterDelay" ? (error.retry.notBefore ?? now) : now;
  const delayInMs = Math.max(Math.round(random() * ceiling), notBefore - now);
  if (now + delayInMs - startedAt > policy.totalBudgetInMs) return false;
  if (!budget.take({ carriesRefusals: request.carriesRefusals })) return false;
  request.onRetry?.({ code: error.code, delayInMs });
  try {
    await clock.sleep({ durationInMs: delayInMs, signal });
  } catch {
    return false;
  }
  return true;
}

/** Whether the error's own advice allows another call. */
export function isWorthAnotherCall(request: { error: ConnectorError; mayRepeatUnknown: boolean }): boolean {
  const { kind } = request.error.retry;
  return kind === "afterDelay" || kind === "afterReauthentication" || (kind === "sameWriteOnly" && request.mayRepeatUnknown);
}
