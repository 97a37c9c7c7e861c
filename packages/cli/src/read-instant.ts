import { UsageError } from "./usage-error.ts";

const INSTANT = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** An option's RFC 3339 instant, or a date that begins in UTC; epoch milliseconds. Throws a `UsageError` for anything else. */
export function readInstant(request: { text: string | undefined; option: string }): number | undefined {
  const { text, option } = request;
  if (text === undefined) return undefined;
  const instant = INSTANT.test(text) && isDay(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(instant)) return instant;
  throw new UsageError({ code: "invalidInstant", sentence: `${option} takes a date (2026-11-21) or an instant with its zone (2026-11-21T10:00:00Z)` });
}

/** 31 November is no date, whatever JavaScript makes of it: a term that counts from it would end a day late. */
function isDay(date: string): boolean {
  const at = Date.parse(date);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date);
}
