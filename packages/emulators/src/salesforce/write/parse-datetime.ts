const DATETIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^(\d{2}):(\d{2}):(\d{2})(?:\.(\d{3}))?Z?$/;

/** Epoch milliseconds of an ISO 8601 instant with an offset, cut to the whole second; null for anything else. */
export function parseDatetime(text: string): number | null {
  const match = DATETIME.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second = "00", zone = "Z"] = match;
  if (parseDate(`${year}-${month}-${day}`) === null) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const offset = zone === "Z" ? "Z" : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(at) ? null : at;
}

/** The day itself where it is one that exists; null for anything else. */
export function parseDate(text: string): string | null {
  if (!DATE.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? text : null;
}

/** `HH:mm:ss.SSSZ`; null for anything else. */
export function parseTime(text: string): string | null {
  const match = TIME.exec(text);
  if (match === null) return null;
  const [, hour = "", minute = "", second = "", fraction = "000"] = match;
  return Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 ? null : `${hour}:${minute}:${second}.${fraction}Z`;
}

/** Salesforce keeps the years 1700 to 4000. */
export function isYearKept(text: string): boolean {
  const year = Number(text.slice(0, 4));
  return year >= 1700 && year <= 4000;
}
