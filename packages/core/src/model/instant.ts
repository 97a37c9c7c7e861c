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
  // A withheld year may be a leap year.
  const date = new Date(Date.UTC(year === 0 ? 2000 : year, Number(monthText) - 1, Number(dayText)));
  return date.getUTCMonth() === Number(monthText) - 1 && date.getUTCDate() === Number(dayText);
}

/** Whether a birth date lies after the day that has begun somewhere on earth. */
export function isFutureBirthdate(request: { text: string; now: number }): boolean {
  const latest = new Date(request.now + 14 * 3_600_000).toISOString().slice(0, 10);
  return request.text > latest.slice(0, request.text.length);
}
