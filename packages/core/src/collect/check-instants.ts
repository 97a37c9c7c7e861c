import type { ResolvedConfiguration } from "../configuration/resolve-configuration.ts";
import type { Problem } from "../model/submission-result.ts";
import type { RawSubmission } from "../model/submission-schema.ts";

/** How far a trusted clock may run ahead of the collector's. */
const TOLERATED_SKEW_IN_MS = 30_000;
/** The last millisecond that RFC 3339 can write. */
const LATEST_INSTANT = Date.parse("9999-12-31T23:59:59.999Z");

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
  if (!isRepresentable(claimed)) problems.push({ path: "occurredAt", code: "invalidInstant" });
  if (receivedAt !== null && !isRepresentable(receivedAt)) problems.push({ path: "receivedAt", code: "invalidInstant" });
  const latest = now + TOLERATED_SKEW_IN_MS;
  if (receivedAt !== null && receivedAt > latest) problems.push({ path: "receivedAt", code: "futureInstant" });
  if (receivedAt === null && claimed > latest) problems.push({ path: "occurredAt", code: "futureInstant" });
  if (receivedAt === null && configuration.deviceCollectionPoints.has(raw.collectionPoint)) {
    problems.push({ path: "receivedAt", code: "required" });
  }
  problems.push(...checkDecisionInstants({ raw, latest }));
  const isBeyond = receivedAt !== null && claimed > receivedAt;
  return {
    occurredAt: isBeyond ? receivedAt : claimed,
    claimedAt: isBeyond ? claimed : null,
    receivedAt,
    problems,
  };
}

/** What a decision says has happened cannot lie ahead; only `validUntil` may. */
function checkDecisionInstants(request: { raw: RawSubmission; latest: number }): readonly Problem[] {
  const { raw, latest } = request;
  const problems: Problem[] = [];
  const check = (instant: { path: string; text: string | undefined; mayLieAhead: boolean }): void => {
    if (instant.text === undefined) return;
    const at = Date.parse(instant.text);
    if (!isRepresentable(at)) problems.push({ path: instant.path, code: "invalidInstant" });
    else if (!instant.mayLieAhead && at > latest) problems.push({ path: instant.path, code: "futureInstant" });
  };
  for (const [index, decision] of (raw.decisions ?? []).entries()) {
    const { servedAt, guardian, confirmation, validUntil } = decision;
    if (servedAt === undefined && guardian === undefined && confirmation === undefined && validUntil === undefined) continue;
    const path = `decisions[${index}]`;
    check({ path: `${path}.servedAt`, text: servedAt, mayLieAhead: false });
    check({ path: `${path}.guardian.verifiedAt`, text: guardian?.verifiedAt, mayLieAhead: false });
    check({ path: `${path}.confirmation.sentAt`, text: confirmation?.sentAt, mayLieAhead: false });
    check({ path: `${path}.confirmation.confirmedAt`, text: confirmation?.confirmedAt, mayLieAhead: false });
    check({ path: `${path}.validUntil`, text: validUntil, mayLieAhead: true });
  }
  return problems;
}

function isRepresentable(epochInMs: number): boolean {
  return epochInMs >= 0 && epochInMs <= LATEST_INSTANT;
}
