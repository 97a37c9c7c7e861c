import type { SimpleType } from "../contract/shape.ts";
import type { ServerClock } from "../server-clock.ts";
import type { UnprovenBehaviour } from "../unproven-behaviour.ts";

const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.\d{1,7})?(Z|[+-]\d\d:\d\d)?)?$/;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** How .NET reads the text of a member; undefined where it throws. */
export function parseSimple(request: {
  type: SimpleType;
  text: string;
  clock: ServerClock;
  behaviour: UnprovenBehaviour;
}): string | number | boolean | undefined {
  const { type } = request;
  if (type === "string") return request.text;
  const text = request.text.trim();
  switch (type) {
    case "boolean":
      return parseBoolean(text);
    case "int":
      return parseInteger(text);
    case "decimal":
      return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? Number(text) : undefined;
    case "guid":
      return GUID.test(text) ? text.toLowerCase() : undefined;
    case "dateTime":
      return parseDateTime({ ...request, text });
  }
}

function parseBoolean(text: string): boolean | undefined {
  if (text === "true" || text === "1") return true;
  return text === "false" || text === "0" ? false : undefined;
}

function parseInteger(text: string): number | undefined {
  const number = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  return Number.isInteger(number) && number >= -(2 ** 31) && number < 2 ** 31 ? number : undefined;
}

function parseDateTime(request: { text: string; clock: ServerClock; behaviour: UnprovenBehaviour }): string | undefined {
  const { text, clock, behaviour } = request;
  const [matched, year = "", month = "", day = "", hour = "00", minute = "00", second = "00", offset] = DATE_TIME.exec(text) ?? [];
  if (matched === undefined) return undefined;
  const wallClock = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const epoch = Date.parse(`${wallClock}Z`);
  // Date.parse lets the 31st of April be the 1st of May.
  if (Number.isNaN(epoch) || new Date(epoch).toISOString().slice(0, 19) !== wallClock) return undefined;
  if (offset === undefined || (offset === "Z" && behaviour.utcDates === "kept")) return wallClock;
  const instant = Date.parse(`${wallClock}${offset}`);
  return Number.isNaN(instant) ? undefined : clock.toWallClock(instant);
}
