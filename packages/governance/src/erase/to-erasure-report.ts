import type { Volenti } from "@volenti/core";
import type { ConnectorV1, ErasureOutcomeV1 } from "@volenti/core/adapter";
import type { DestinationErasure, DestinationErasureStatus, ErasureReport } from "./erasure-report.ts";

const DONE: ReadonlySet<DestinationErasureStatus> = new Set(["erased", "notFound"]);

export function isDone(erasure: DestinationErasure): boolean {
  return DONE.has(erasure.status);
}

/** What a destination did or did not do, where it answered no records. */
export function describeErasure(request: {
  id: string;
  connector: ConnectorV1;
  status: Exclude<DestinationErasureStatus, "erased">;
  code?: string;
}): DestinationErasure {
  const { id, connector, status, code } = request;
  return { id, region: connector.region, status, ...(code === undefined ? {} : { code }), records: [] };
}

/** What a destination answered that was reached and could erase; where it held nothing, that. */
export function describeAnswer(request: { id: string; connector: ConnectorV1; records: readonly ErasureOutcomeV1[] }): DestinationErasure {
  const { id, connector, records } = request;
  const isNothing = records.every(({ outcome }) => outcome === "notFound");
  return isNothing ? describeErasure({ id, connector, status: "notFound" }) : { id, region: connector.region, status: "erased", records };
}

/** Puts what was done in erasure's order back into the configuration's. */
export function toErasureReport(request: {
  volenti: Pick<Volenti, "destinations">;
  erasures: readonly DestinationErasure[];
}): ErasureReport {
  const { volenti, erasures } = request;
  const ids = [...volenti.destinations.keys()];
  return {
    outcome: erasures.every(isDone) ? "complete" : "incomplete",
    destinations: erasures.toSorted((left, right) => ids.indexOf(left.id) - ids.indexOf(right.id)),
  };
}
