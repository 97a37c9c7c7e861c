import type { AttemptLimiter } from "@volenti/core";

const MOST_MISSES = 20;
const WINDOW_IN_MS = 60_000;
const MOST_RECIPIENTS = 10_000;

/**
 * At most twenty scans that give nothing, a recipient and minute; then nothing is given there until the minute is over.
 * Remembers for this process alone: several processes need one that they share (`release.attemptLimiter`).
 */
export function createMemoryAttemptLimiter(): AttemptLimiter {
  const missesOf = new Map<string, number[]>();
  const recent = (request: { recipient: string; at: number }): number[] =>
    (missesOf.get(request.recipient) ?? []).filter((missedAt) => missedAt > request.at - WINDOW_IN_MS);
  return {
    allows: (request) => recent(request).length < MOST_MISSES,
    recordMiss: (request) => {
      const misses = [...recent(request), request.at].slice(-MOST_MISSES);
      missesOf.delete(request.recipient);
      missesOf.set(request.recipient, misses);
      const [oldest] = missesOf.keys();
      if (missesOf.size > MOST_RECIPIENTS && oldest !== undefined) missesOf.delete(oldest);
    },
  };
}
