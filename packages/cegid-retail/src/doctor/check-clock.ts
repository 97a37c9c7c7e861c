import type { ConnectionFindingV1 } from "@volenti/core/adapter";
import { toLocalTime } from "../mapping/local-time.ts";
import type { ServerReport } from "../soap/read-hello-world.ts";
import { warning } from "./finding.ts";

const TOLERATED_IN_MS = 30_000;
const ZONE_STEP_IN_MS = 900_000;

/** Holds the server's wall clock against ours in the tenant's zone; wall clocks are compared, as an hour may occur twice. */
export function checkClock(request: { report: ServerReport; timeZone: string; now: number }): readonly ConnectionFindingV1[] {
  const { report: { localTime }, timeZone, now } = request;
  if (localTime === null) {
    return [warning("clockUnread", "Y2 writes its clock in a form that cannot be read: see by hand that timeZone is the zone of the server.")];
  }
  const difference = Math.abs(Date.parse(`${localTime}Z`) - Date.parse(`${toLocalTime({ instant: now, timeZone })}Z`));
  if (difference <= TOLERATED_IN_MS) return [];
  const rest = difference % ZONE_STEP_IN_MS;
  const isZone = difference >= ZONE_STEP_IN_MS - TOLERATED_IN_MS && Math.min(rest, ZONE_STEP_IN_MS - rest) <= TOLERATED_IN_MS;
  const seconds = Math.round(difference / 1000);
  const cause = isZone ? "timeZone is most likely not the zone of the server" : "one of the two clocks is wrong";
  return [warning("clockSkew", `The clock of Y2 and this machine's are ${seconds} s apart: ${cause}, and what the till changed is ordered wrongly.`)];
}
