/** Milliseconds since the Unix epoch as RFC 3339 UTC text with milliseconds. */
export function toInstantText(epochInMs: number): string {
  return new Date(epochInMs).toISOString();
}

/** Whether `YYYY-MM-DD`, `0000-MM-DD` (year withheld) or `YYYY` is a real date of 1900 or later (OpenID Connect Core 5.1, birthdate). */
export function isBirthdate(text: string): boolean {
  const match = /^(\d{4})(?:-(\d{2})-(\d{2}))?$/.exec(text);
  if (match === null) return false;
  const [, yearText = "", monthText, dayText] = match;
  const year = Number(yearText);
  if (year !== 0 && year < 1900) return false;
  if (monthText === undefined || dayText === undefined) return year !== 0;
  const day = Number(dayText);
  return day >= 1 && day <= daysOf({ year, month: Number(monthText) });
}

/** Zero for a month that is none. A withheld year may be a leap year. */
function daysOf(request: { year: number; month: number }): number {
  const { year, month } = request;
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  if (month < 1 || month > 12) return 0;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Whether a birth date lies after the day that has begun somewhere on earth. */
export function isFutureBirthdate(request: { text: string; now: number }): boolean {
  // Years settle nearly all of them.
  if (Number(request.text.slice(0, 4)) < new Date(request.now).getUTCFullYear()) return false;
  const latest = new Date(request.now + 14 * 3_600_000).toISOString().slice(0, 10);
  return request.text > latest.slice(0, request.text.length);
}
