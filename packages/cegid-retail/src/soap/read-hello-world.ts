import type { LocalDateTime } from "./data-contract.ts";
import { isCalendarTime } from "./local-date-time.ts";

/** What `HelloWorld` says of the server. Null: not said, or not in a form that means one thing only. */
export interface ServerReport {
  /** The server's wall clock, in its own zone. */
  readonly localTime: LocalDateTime | null;
  /** `26.0.0.100`. */
  readonly version: string | null;
  /** The language of the user: `fr-FR`. */
  readonly culture: string | null;
  readonly databaseId: string | null;
}

/** Reads the one text of many lines. Labels are known by their letters alone; who called is left out. */
export function readHelloWorld(text: string): ServerReport {
  const lines = new Map(text.split(/\r?\n/).map(toEntry));
  const culture = lines.get("currentculture") ?? "";
  const version = /(\d{1,5}(?:\.\d{1,6}){1,3})/.exec(lines.get("cbrversion") ?? "")?.[1];
  return {
    localTime: readClock({ text: lines.get("now") ?? "", culture }),
    version: version ?? null,
    culture: /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/.test(culture) ? culture : null,
    databaseId: lines.get("databaseid") || null,
  };
}

function toEntry(line: string): [string, string] {
  const at = line.search(/[:=]/);
  if (at < 0) return ["", ""];
  return [line.slice(0, at).replaceAll(/[^A-Za-z]/g, "").toLowerCase(), line.slice(at + 1).trim()];
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})/;
const SLASHED = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2}):(\d{2})(?: (AM|PM))?$/i;

/** .NET writes the clock as the culture of the user has it: with strokes, the month comes first in American English alone. */
function readClock(request: { text: string; culture: string }): LocalDateTime | null {
  const { text, culture } = request;
  const iso = ISO.exec(text);
  if (iso !== null) return checked(iso.slice(1));
  const [, first = "", second = "", year = "", hour = "", minute = "", seconds = "", half] = SLASHED.exec(text) ?? [];
  if (year === "") return null;
  const isMonthFirst = culture === "en-US";
  const twelfth = Number(hour) % 12;
  const hours = half === undefined ? hour : String(half.toUpperCase() === "PM" ? twelfth + 12 : twelfth);
  const [month, day] = isMonthFirst ? [first, second] : [second, first];
  return checked([year, month, day, hours, minute, seconds]);
}

function checked(parts: readonly string[]): LocalDateTime | null {
  const [year = "", month = "", day = "", hour = "", minute = "", second = ""] = parts.map((part) => part.padStart(2, "0"));
  const time = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  return isCalendarTime(time) ? time : null;
}
