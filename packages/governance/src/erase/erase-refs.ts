import { ConnectorError, type ErasureLog, type Volenti } from "@volenti/core";
import type { ErasureReason } from "@volenti/core/adapter";
import type { ErasureReport } from "./erasure-report.ts";
import { runErasure } from "./run-erasure.ts";

/** Somebody who is known by ref alone. */
export interface RefErasureRequest {
  /** Where, and under which refs of one person; the same destination once. Destinations that are left out are left alone. */
  readonly places: readonly { readonly destinationId: string; readonly subjectRefs: readonly string[] }[];
  readonly reason: ErasureReason;
  /** Epoch milliseconds. */
  readonly requestedAt: number;
  /** Instead of the configuration's. */
  readonly log?: ErasureLog | undefined;
}

/** Erases one person where a caller says, under the same holds, order and log as a person's own request. */
export async function eraseRefs(request: { volenti: Volenti; erasure: RefErasureRequest }): Promise<ErasureReport> {
  const { volenti, erasure } = request;
  const { reason, requestedAt, log = volenti.erasureLog } = erasure;
  const places = erasure.places.map(({ destinationId: id, subjectRefs }) => {
    const connector = volenti.destinations.get(id);
    if (connector === undefined || subjectRefs.length === 0) {
      throw new ConnectorError({ code: "invalidInput", connectorId: "governance", operation: "eraseRefs", fieldNames: ["places"] });
    }
    return { id, connector, subjectRefs };
  });
  return runErasure({ volenti, places, elsewhere: [], reason, requestedAt, identifier: null, log });
}
