/** Tokens that retries may take beyond those kept for refusals. */
const CAPACITY = 10;
const RESERVE_FOR_REFUSALS = 3;
const EARNED_PER_CALL = 0.1;

/**
 * How much a destination may be asked again: every first call earns a tenth of a retry, so that a dead destination
 * costs at most a tenth more calls once the start-up credit is spent. The last tokens are kept for refusals.
 */
export interface RetryBudget {
  /** A first call was made. */
  earn(): void;
  /** Takes one retry; false where none is left for this kind. */
  take(request: { carriesRefusals: boolean }): boolean;
}

export function createRetryBudget(): RetryBudget {
  let tokens = CAPACITY;
  return {
    earn: () => {
      tokens = Math.min(CAPACITY, tokens + EARNED_PER_CALL);
    },
    take: ({ carriesRefusals }) => {
      const floor = carriesRefusals ? 1 : 1 + RESERVE_FOR_REFUSALS;
      if (tokens < floor) return false;
      tokens -= 1;
      return true;
    },
  };
}
