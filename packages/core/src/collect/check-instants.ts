import type { ResolvedConfiguration } from "../configuration/resolve-configuration.ts";
import type { Problem } from "../model/submission-result.ts";
import type { RawSubmission } from "../model/submission-schema.ts";

/** How far a trusted clock may run ahead of the collector's. */
const TOLERATED_SKEW_IN_MS = 30_000;

/**
 * Reads the submission's clocks. `receivedAt`, or an `occurredAt` that stands alone, is a server's and may lie at most
 * 30 s ahead of ours; an `occurredAt` beyond its `receivedAt` is a device's mistake, clamped, and kept as a claim.
 */
export function checkInstants(request: { raw: RawSubmission; configuration: ResolvedConfiguration; now: number }): {
  occurredAt: number;
  claimedAt: number | null;
  receivedAt: number | null;
  problems: readonly Problem[];
} {
  const { raw, configuration, now } = request;
  const problems: Problem[] = [];
  const claimed = Date.parse(raw.occurredAt);
  const receivedAt = raw.receivedAt === undefined ? null : Date.parse(raw.receivedAt);
  if (!(claimed >= 0)) problems.push({ path: "occurredAt", code: "invalidInstant" });
  if (receivedAt !== null && !(receivedAt >= 0)) problems.push({ path: "receivedAt", code: "invalidInstant" });
  const latest = now + TOLERATED_SKEW_IN_MS;
  if (receivedAt !== null && receivedAt > latest) problems.push({ path: "receivedAt", code: "futureInstant" });
  if (receivedAt === null && claimed > latest) problems.push({ path: "occurredAt", code: "futureInstant" });
  if (receivedAt === null && configuration.deviceCollectionPoints.has(raw.collectionPoint)) {
    problems.push({ path: "receivedAt", code: "required" });
  }
  const isBeyond = receivedAt !== null && claimed > receivedAt;
  return {
    occurredAt: isBeyond ? receivedAt : claimed,
    claimedAt: isBeyond ? claimed : null,
    receivedAt,
    problems,
  };
}
