import type { Destination } from "./collect/collect-ports.ts";
import { ConnectorError } from "./error/connector-error.ts";
import type { Clock } from "./support/clock.ts";
import type { DestinationHealth } from "./volenti.ts";

const CACHED_FOR_IN_MS = 5000;

/** Makes a check of all destinations that is asked at most every five seconds, and once at a time. */
export function createHealthCheck(request: {
  destinations: ReadonlyMap<string, Destination>;
  clock: Clock;
}): () => Promise<readonly DestinationHealth[]> {
  const { destinations, clock } = request;
  let cached: { readonly since: number; isSettled: boolean; readonly answer: Promise<readonly DestinationHealth[]> } | null = null;
  return () => {
    const now = clock.now();
    if (cached !== null && (!cached.isSettled || now - cached.since < CACHED_FOR_IN_MS)) return cached.answer;
    const answer = Promise.all([...destinations.values()].map((destination) => checkOne({ destination, clock })));
    const current = { since: now, isSettled: false, answer };
    cached = current;
    return answer.finally(() => {
      current.isSettled = true;
    });
  };
}

async function checkOne(request: { destination: Destination; clock: Clock }): Promise<DestinationHealth> {
  const { destination, clock } = request;
  const { id, connector } = destination;
  try {
    const { findings } = await connector.checkConnection();
    const error = findings.find(({ severity }) => severity === "error");
    return { id, status: "reachable", checkedAt: clock.now(), ...(error === undefined ? {} : { code: error.code }) };
  } catch (failure) {
    const code = ConnectorError.isInstance(failure) ? failure.code : "unexpectedFailure";
    return { id, status: "unreachable", checkedAt: clock.now(), code };
  }
}
