import type { MaybePromise } from "../support/maybe-promise.ts";

/** Counts scans that gave nothing, a recipient, so that nobody finds tokens by trying. What it holds is no value of a person's. */
export interface AttemptLimiter {
  /** Whether another scan is answered at all. `at` is epoch milliseconds. A limiter that fails allows nothing. */
  allows(request: { recipient: string; at: number }): MaybePromise<boolean>;
  /** A scan gave nothing: unknown, malformed or denied. */
  recordMiss(request: { recipient: string; at: number }): MaybePromise<void>;
}
