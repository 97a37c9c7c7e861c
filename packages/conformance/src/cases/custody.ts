import type { ConnectorV1, CustodyFacetV1, ErasureOutcomeV1, HoldV1 } from "@volenti/core/adapter";
import { ensurePresent } from "../assertions/ensure.ts";

/** No clock of a run is there yet. */
export const FAR_FUTURE = Date.UTC(2200, 0, 1);

export function custodyOf(connector: ConnectorV1): CustodyFacetV1 {
  return ensurePresent({ value: connector.custody, what: "the facet custody" });
}

/** A hold of everything, without an end. */
export function toHold(hold: Partial<HoldV1> & { setAt: number }): Omit<HoldV1, "liftedAt"> {
  return { holdId: globalThis.crypto.randomUUID(), scope: ["*"], law: "CGI art. 102 B", reason: "invoices", until: null, ...hold };
}

export function eraseRef(request: { connector: ConnectorV1; subjectRef: string; requestedAt: number }): Promise<readonly ErasureOutcomeV1[]> {
  const { connector, subjectRef, requestedAt } = request;
  const erasure = ensurePresent({ value: connector.erasure, what: "the facet erasure" });
  return erasure.erase({ subjectRef, reason: "subjectRequest", requestedAt });
}

/** What a call was rejected with; undefined where it was not. */
export async function rejectionOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
    return undefined;
  } catch (error) {
    return error;
  }
}

export async function collect<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const collected: Row[] = [];
  for await (const row of rows) collected.push(row);
  return collected;
}
