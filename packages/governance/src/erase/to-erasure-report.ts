import type { Volenti } from "@volenti/core";
import type { ConnectorV1, ErasureOutcomeV1 } from "@volenti/core/adapter";
import type { DestinationErasure, DestinationErasureStatus, ErasureRecord, ErasureReport, Withdrawal } from "./erasure-report.ts";

const DONE: ReadonlySet<DestinationErasureStatus> = new Set(["erased", "masked", "kept", "notFound", "newerStands"]);
const HELD: ReadonlySet<DestinationErasureStatus> = new Set(["masked", "kept"]);

export function isDone(erasure: DestinationErasure): boolean {
  return DONE.has(erasure.status);
}

/** What a destination did or did not do. */
export function describeErasure(request: {
  id: string;
  connector: ConnectorV1;
  status: DestinationErasureStatus;
  code?: string;
  records?: readonly ErasureRecord[];
}): DestinationErasure {
  const { id, connector, status, code, records = [] } = request;
  return { id, region: connector.region, status, ...(code === undefined ? {} : { code }), records };
}

/** What a destination answered that was reached and could erase; where it held nothing, that. */
export function describeAnswer(request: { id: string; connector: ConnectorV1; records: readonly ErasureOutcomeV1[] }): DestinationErasure {
  const { records } = request;
  // Proofs outlive the person: where nothing else is left, nobody is held.
  const isNothing = records.every(({ outcome, reason }) => outcome === "notFound" || reason === "proofWithoutIdentity");
  return isNothing
    ? describeErasure({ ...request, status: "notFound", records: [] })
    : describeErasure({ ...request, status: statusOf(records), records: addUp(records.map(toRecord)) });
}

/** A ledger heeds a hold by itself that was set since it was asked. */
function statusOf(records: readonly ErasureOutcomeV1[]): DestinationErasureStatus {
  if (!records.some(({ reason }) => reason === "held")) return "erased";
  return records.some(({ outcome }) => outcome === "erased") ? "masked" : "kept";
}

function toRecord({ outcome, ...record }: ErasureOutcomeV1): ErasureRecord {
  return { ...record, outcome: outcome === "retained" ? "kept" : outcome };
}

/** One row a kind, outcome and reason: somebody whom two were merged into is erased twice. */
function addUp(records: readonly ErasureRecord[]): readonly ErasureRecord[] {
  const rows = new Map<string, ErasureRecord>();
  for (const record of records) {
    const key = [record.kind, record.outcome, record.reason ?? "", record.until ?? ""].join("\u0000");
    rows.set(key, { ...record, count: record.count + (rows.get(key)?.count ?? 0) });
  }
  const found = new Set([...rows.values()].flatMap(({ kind, outcome }) => (outcome === "notFound" ? [] : [kind])));
  return [...rows.values()].filter(({ kind, outcome }) => outcome !== "notFound" || !found.has(kind));
}

/** Puts what was done in erasure's order back into the configuration's. */
export function toErasureReport(request: {
  volenti: Pick<Volenti, "destinations">;
  erasures: readonly DestinationErasure[];
  withdrawal?: Withdrawal | undefined;
}): ErasureReport {
  const { volenti, erasures, withdrawal } = request;
  const ids = [...volenti.destinations.keys()];
  const isFinished = erasures.every(isDone) && withdrawal?.outcome !== "undelivered";
  const isHeld = erasures.some(({ status }) => HELD.has(status));
  return {
    outcome: isFinished ? (isHeld ? "held" : "complete") : "incomplete",
    destinations: erasures.toSorted((left, right) => ids.indexOf(left.id) - ids.indexOf(right.id)),
    ...(withdrawal === undefined ? {} : { withdrawal }),
  };
}
