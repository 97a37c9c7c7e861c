import type { LocalDateTime } from "./data-contract.ts";

const CALENDAR_TIME = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;
const WIRE_TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$/;

/** Whether the text is a time of the calendar, in whole seconds and without offset. */
export function isCalendarTime(text: string): text is LocalDateTime {
  const [, year = "", month = "", day = ""] = CALENDAR_TIME.exec(text) ?? [];
  // Every month has its 28th.
  return day !== "" && (day <= "28" || Number(day) <= daysIn({ year: Number(year), month: Number(month) }));
}

function daysIn(request: { year: number; month: number }): number {
  const { year, month } = request;
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/**
 * An `xs:dateTime` of the server as wall-clock time of the tenant's zone; fractions of a second are dropped. One with an
 * offset is an instant, and is turned into the zone's time; those up to the year 1900 are Y2's and .NET's "none", and stay.
 * Null where it is no time.
 */
export function toLocalDateTime(request: { text: string; timeZone: string }): LocalDateTime | null {
  const { text, timeZone } = request;
  const [, digits = "", offset] = WIRE_TIME.exec(text) ?? [];
  if (!isCalendarTime(digits)) return null;
  if (offset === undefined || digits < "1901") return digits;
  const instant = Date.parse(`${digits}${offset}`);
  return Number.isNaN(instant) ? null : wallClock({ instant, timeZone });
}

function wallClock(request: { instant: number; timeZone: string }): LocalDateTime {
  const parts = formatterOf(request.timeZone).formatToParts(request.instant);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((entry) => entry.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:${part("second")}`;
}

const FORMATTERS = new Map<string, Intl.DateTimeFormat>();

/** Making one costs a hundred times as much as using it. */
function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = FORMATTERS.get(timeZone);
  if (known !== undefined) return known;
  const two = "2-digit";
  const made = new Intl.DateTimeFormat("en-US", { timeZone, year: "numeric", month: two, day: two, hour: two, minute: two, second: two, hourCycle: "h23" });
  FORMATTERS.set(timeZone, made);
  return made;
}
