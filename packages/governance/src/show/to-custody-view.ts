import type { FoundReading } from "./read-person.ts";
import type { UnifiedView } from "./unified-view.ts";

/** What ledgers keep about how the person is treated. A hold that was lifted, or has ended, is no longer active. */
export function toCustodyView(request: {
  readings: readonly FoundReading[];
  now: number;
}): Pick<UnifiedView, "holds" | "restrictions" | "mergedRefs"> {
  const { readings, now } = request;
  return {
    holds: readings.flatMap(({ id, custody }) =>
      (custody?.holds ?? []).map(({ holdId, scope, law, reason, until, setAt, liftedAt }) => ({
        destinationId: id,
        holdId,
        active: liftedAt === null && (until === null || until > now),
        scope,
        law,
        reason,
        setAt: toText(setAt),
        until: until === null ? null : toText(until),
        liftedAt: liftedAt === null ? null : toText(liftedAt),
      })),
    ),
    restrictions: readings.flatMap(({ id, custody }) =>
      custody === null || custody.restriction === null
        ? []
        : [{ destinationId: id, since: toText(custody.restriction.since), reason: custody.restriction.reason }],
    ),
    // A ledger names the survivor first; a copy may be found under either ref.
    mergedRefs: [
      ...new Set(readings.flatMap(({ records, custody }) => (custody === null ? [] : records.slice(1).map(({ subjectRef }) => subjectRef)))),
    ].toSorted(),
  };
}

function toText(instant: number): string {
  return new Date(instant).toISOString();
}
