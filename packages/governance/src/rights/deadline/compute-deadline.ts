import type { LegalPeriod, PauseGround, RightsDeadline } from "@volenti/jurisdictions";
import { addMonths, addWorkingDays, DAY_IN_MS, dayOf, endOfDay, nextWorkingDay, type Calendar } from "./calendar.ts";

/** An interval in which the period stood still; instants are epoch milliseconds. */
export interface ClosedPause {
  readonly ground: PauseGround;
  readonly from: number;
  readonly until: number;
}

/**
 * The instant by which one row wants the answer, the last millisecond of its day in the calendar's zone (of a period in
 * hours, to the millisecond); null where the law names no number. The day of receipt does not count. Only the pauses that
 * the row knows count, in whole days: what is left of a day is ours to lose. Never before the receipt.
 */
export function computeDeadline(request: {
  row: RightsDeadline;
  /** Epoch milliseconds. */
  receivedAt: number;
  pauses: readonly ClosedPause[];
  isExtended: boolean;
  calendar: Calendar;
}): number | null {
  const { row, receivedAt, pauses, isExtended, calendar } = request;
  const periods = isExtended && row.extension !== undefined ? [row.deadline, row.extension] : [row.deadline];
  const pausedInMs = sumPauses({ row, pauses });
  if (periods.some(({ unit }) => unit === "unspecified")) return null;
  if (row.deadline.unit === "hours") return periods.reduce((at, period) => at + hoursOf(period), receivedAt + pausedInMs);
  const received = dayOf({ at: receivedAt, timeZone: calendar.timeZone });
  const end = addPeriods({ day: received, periods, calendar }) + Math.floor(pausedInMs / DAY_IN_MS);
  const rests = row.endsOnWorkingDay === true || row.deadline.unit === "workingDays";
  return endOfDay({ day: rests ? nextWorkingDay({ day: end, calendar }) : end, timeZone: calendar.timeZone });
}

/** Two further months make the one three (GDPR art. 12(3)): months are added before the last day is looked for. */
function addPeriods(request: { day: number; periods: readonly LegalPeriod[]; calendar: Calendar }): number {
  const { day, periods, calendar } = request;
  const sumOf = (unit: LegalPeriod["unit"]): number =>
    periods.reduce((sum, period) => (period.unit === unit ? sum + (period.amount ?? 0) : sum), 0);
  const byMonths = addMonths({ day, months: sumOf("months") }) + sumOf("calendarDays");
  return addWorkingDays({ day: byMonths, count: sumOf("workingDays"), calendar });
}

function hoursOf({ amount, unit }: LegalPeriod): number {
  return unit === "hours" ? amount * 3_600_000 : 0;
}

function sumPauses(request: { row: RightsDeadline; pauses: readonly ClosedPause[] }): number {
  const { row, pauses } = request;
  return pauses
    .filter(({ ground }) => row.mayPause?.includes(ground) === true)
    .reduce((sum, { from, until }) => sum + Math.max(0, until - from), 0);
}
