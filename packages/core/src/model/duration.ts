const PATTERN = /^P(?=\d|T\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?$/;

/** Whether the text is an ISO 8601 duration of whole units. */
export function isDuration(text: string): boolean {
  return PATTERN.test(text);
}

/**
 * Adds an ISO 8601 duration to an instant, by the UTC calendar. A day that the resulting month lacks becomes its last
 * (31 January + P1M is the end of February). Throws a `RangeError` on what {@link isDuration} refuses.
 */
export function addDuration(request: { epochInMs: number; duration: string }): number {
  const match = PATTERN.exec(request.duration);
  if (match === null) throw new RangeError("not an ISO 8601 duration");
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const start = new Date(request.epochInMs);
  const month = start.getUTCMonth() + years * 12 + months;
  const lastDay = new Date(Date.UTC(start.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const moved = new Date(start);
  moved.setUTCFullYear(start.getUTCFullYear(), month, Math.min(start.getUTCDate(), lastDay));
  return moved.getTime() + (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000;
}
