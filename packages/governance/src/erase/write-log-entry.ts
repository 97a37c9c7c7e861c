import type { ErasureLog, ErasureLogErasure, Volenti } from "@volenti/core";
import { toUuid } from "@volenti/core/adapter";
import { orderErasure } from "./erasure-order.ts";
import type { PlacesErasure } from "./erase-places.ts";
import { isLedger } from "./is-ledger.ts";
import type { ErasureReport } from "./erasure-report.ts";

const SCHEMA = "volenti-erasure-log-1";

/** Writes down what is about to be erased; resolves when it is on disk. The id is for the entry that says it is done. */
export async function logErasure(request: { log: ErasureLog; erasure: PlacesErasure }): Promise<string> {
  const { log, erasure } = request;
  const { volenti, places, reason, requestedAt, holds } = erasure;
  const entryId = toUuid(volenti.crypto.randomBytes(16));
  const named = new Set(places.filter(isLedger).flatMap(({ subjectRefs }) => subjectRefs));
  const entry: ErasureLogErasure = {
    schema: SCHEMA,
    kind: "erasure",
    entryId,
    requestedAt: new Date(requestedAt).toISOString(),
    loggedAt: new Date(volenti.clock.now()).toISOString(),
    reason,
    places: orderErasure(erasure).flatMap((turn) =>
      turn.places.map(({ id, subjectRefs, suppressions }) => ({
        destinationId: id,
        subjectRefs,
        derivedRefs: !subjectRefs.some((ref) => named.has(ref)),
        suppressions,
      })),
    ),
    kept: [...new Set(holds.flatMap(({ scope }) => scope))].toSorted(),
  };
  await log.append(entry);
  return entryId;
}

export async function logDone(request: {
  log: ErasureLog;
  volenti: Pick<Volenti, "clock">;
  entryId: string;
  outcome: ErasureReport["outcome"];
}): Promise<void> {
  const { log, volenti, entryId, outcome } = request;
  await log.append({ schema: SCHEMA, kind: "done", entryId, finishedAt: new Date(volenti.clock.now()).toISOString(), outcome });
}
