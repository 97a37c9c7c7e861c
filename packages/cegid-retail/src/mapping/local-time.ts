import type { LocalDateTime } from "../soap/data-contract.ts";
import { isCalendarTime, toLocalDateTime } from "../soap/local-date-time.ts";

/** What Y2 answers for a date that it does not have. */
export const NO_DATE: LocalDateTime = "1900-01-01T00:00:00";

const DAY_IN_MS = 86_400_000;
const REST_OF_DAY_IN_MS = 86_399_000;

/** Wall-clock time of the zone at an instant (epoch milliseconds), cut down to whole seconds. */
export function toLocalTime(request: { instant: number; timeZone: string }): LocalDateTime {
  return toLocalDateTime({ text: new Date(request.instant).toISOString(), timeZone: request.timeZone }) ?? NO_DATE;
}

/**
 * The instant (epoch milliseconds) that a wall clock of the zone shows as this. Of the two of an hour that occurs twice it is
 * the later one; a time that was skipped is read as if the clock had not been put forward yet. Null for Y2's "no date", and
 * for what is no time.
 */
export function toInstant(request: { local: LocalDateTime; timeZone: string }): number | null {
  const { local, timeZone } = request;
  if (!isCalendarTime(local) || local < "1901") return null;
  const asUtc = Date.parse(`${local}Z`);
  const offsetAt = (instant: number): number => Date.parse(`${toLocalTime({ instant, timeZone })}Z`) - instant;
  const candidates = [asUtc - offsetAt(asUtc - DAY_IN_MS), asUtc - offsetAt(asUtc + DAY_IN_MS)];
  const shown = candidates.filter((instant) => toLocalTime({ instant, timeZone }) === local);
  return Math.max(...(shown.length === 0 ? candidates : shown));
}

/** The latest instant that a time of Y2's may stand for: midnight may be all that a folder which keeps days and nothing finer shows. */
export function toLatestInstant(request: { local: LocalDateTime; timeZone: string }): number | null {
  const instant = toInstant(request);
  return instant !== null && request.local.endsWith("T00:00:00") ? instant + REST_OF_DAY_IN_MS : instant;
}

/** Whether both instants lie in one second, or in which order: what is compared with Y2 is compared so. */
export function compareSeconds(left: number, right: number): number {
  return Math.floor(left / 1000) - Math.floor(right / 1000);
}
