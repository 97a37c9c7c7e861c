import { ConnectorError } from "@volenti/core/adapter";
import { CONNECTOR_ID } from "../error/map-postgres-error.ts";

/** Epoch milliseconds beyond which there is no date (ECMA-262, time values). */
const FARTHEST = 8.64e15;

/**
 * A stored instant, in epoch milliseconds, or null. Throws `malformedResponse` for one that is no date, which only somebody at
 * the database can have written: whoever writes it out would fail without a code.
 */
export function requireInstant<Instant extends number | null>(request: { instant: Instant; operation: string }): Instant {
  const { instant, operation } = request;
  if (instant === null || Math.abs(instant) <= FARTHEST) return instant;
  throw new ConnectorError({ code: "malformedResponse", connectorId: CONNECTOR_ID, operation, providerCode: "noInstant" });
}
