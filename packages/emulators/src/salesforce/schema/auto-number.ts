/** How a field numbers new rows. */
export interface AutoNumber {
  /** `VD-{0000}`: the zeros say how many digits at least; `{YYYY}`, `{YY}`, `{MM}` and `{DD}` are parts of the day. */
  readonly displayFormat: string;
  readonly startsAt: number;
}

const NUMBER = /\{(0{1,10})\}/g;
const DAY_PARTS = /\{(YYYY|YY|MM|DD)\}/g;

/** A display format holds one number of at most ten digits, and no other braces than those of the day. */
export function isDisplayFormat(text: string): boolean {
  return text.length <= 30 && [...text.matchAll(NUMBER)].length === 1 && !/[{}]/.test(text.replaceAll(NUMBER, "").replaceAll(DAY_PARTS, ""));
}

/** `now` in epoch milliseconds. */
export function formatAutoNumber(request: { displayFormat: string; number: number; now: number }): string {
  const day = new Date(request.now).toISOString();
  const parts: Readonly<Record<string, string>> = { YYYY: day.slice(0, 4), YY: day.slice(2, 4), MM: day.slice(5, 7), DD: day.slice(8, 10) };
  return request.displayFormat
    .replaceAll(DAY_PARTS, (_whole, part: string) => parts[part] ?? "")
    .replaceAll(NUMBER, (_whole, zeros: string) => String(request.number).padStart(zeros.length, "0"));
}
