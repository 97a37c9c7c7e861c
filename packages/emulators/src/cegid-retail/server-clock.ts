export interface ServerClock {
  /** Epoch milliseconds. */
  now(): number;
  /** The time now, as the server's wall clock shows it: `YYYY-MM-DDThh:mm:ss`. */
  wallClock(): string;
  /** What the wall clock shows at that instant, fractions of a second dropped. */
  toWallClock(epochMilliseconds: number): string;
}

/** A clock in a zone of its own. Throws a `RangeError` for a zone that does not exist. */
export function createServerClock(request: { now: () => number; timeZone: string }): ServerClock {
  const { now, timeZone } = request;
  // Swedish dates are in ISO order.
  const formatter = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  const toWallClock = (epochMilliseconds: number): string => formatter.format(epochMilliseconds).replace(" ", "T");
  return { now, wallClock: () => toWallClock(now()), toWallClock };
}
