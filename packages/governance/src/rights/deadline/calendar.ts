/** Days as whole numbers since 1 January 1970 on a calendar, whatever the zone. */
export type CalendarDay = number;

/** In which zone days begin, and on which of them nobody works. */
export interface Calendar {
  /** IANA name. */
  readonly timeZone: string;
  /** ISO 8601 numbers of the days of the week, Monday is 1. */
  readonly weekend: readonly number[];
  readonly holidays: ReadonlySet<CalendarDay>;
}

export const DAY_IN_MS = 86_400_000;

/** The day that an instant falls on in a zone. */
export function dayOf(request: { at: number; timeZone: string }): CalendarDay {
  return Math.floor((request.at + offsetAt(request)) / DAY_IN_MS);
}

/** The last millisecond of a day in a zone. */
export function endOfDay(request: { day: CalendarDay; timeZone: string }): number {
  const { day, timeZone } = request;
  const midnight = (day + 1) * DAY_IN_MS;
  // The offset at the local midnight is not known before the midnight is: two steps settle it, around a change of clocks too.
  const guess = midnight - offsetAt({ at: midnight, timeZone });
  return midnight - offsetAt({ at: guess, timeZone }) - 1;
}

/** The same day of a later month, or that month's last day where it has no such day (Regulation (EEC, Euratom) 1182/71 art. 3(2)(c)). */
export function addMonths(request: { day: CalendarDay; months: number }): CalendarDay {
  const date = new Date(request.day * DAY_IN_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + request.months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)) / DAY_IN_MS;
}

/** The day on which the given number of working days have passed; the first day does not count. */
export function addWorkingDays(request: { day: CalendarDay; count: number; calendar: Calendar }): CalendarDay {
  const { count, calendar } = request;
  let { day } = request;
  for (let passed = 0; passed < count; passed += 1) day = nextWorkingDay({ day: day + 1, calendar });
  return day;
}

/** The day itself, or the first working day after it. */
export function nextWorkingDay(request: { day: CalendarDay; calendar: Calendar }): CalendarDay {
  const { calendar } = request;
  let { day } = request;
  while (!isWorkingDay({ day, calendar })) day += 1;
  return day;
}

/** `YYYY-MM-DD`. */
export function readDay(text: string): CalendarDay {
  return Date.parse(`${text}T00:00:00Z`) / DAY_IN_MS;
}

function isWorkingDay(request: { day: CalendarDay; calendar: Calendar }): boolean {
  const { day, calendar } = request;
  const weekday = new Date(day * DAY_IN_MS).getUTCDay();
  return !calendar.weekend.includes(weekday === 0 ? 7 : weekday) && !calendar.holidays.has(day);
}

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetAt(request: { at: number; timeZone: string }): number {
  const { at, timeZone } = request;
  if (timeZone === "UTC") return 0;
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  return local - Math.floor(at / 1000) * 1000;
}
