import { ConnectorError, type WriteBatchV1, type WriteOutcomeV1 } from "@volenti/core/adapter";
import { mapMemoryError } from "../error/map-memory-error.ts";
import { CONNECTOR_ID, type MemorySession } from "../transport/memory-session.ts";
import { OPERATION, writeItem } from "./write-item.ts";

/** The one write: a transaction a batch, in which each item lands whole or fails alone. */
export function writeBatch(request: {
  session: MemorySession;
  hasLedger: boolean;
  batch: WriteBatchV1;
}): Promise<readonly WriteOutcomeV1[]> {
  const { session, hasLedger, batch } = request;
  return session.call({
    operation: OPERATION,
    changes: true,
    about: batch.items,
    signal: batch.signal,
    work: async ({ records, requireServed }) => {
      const context = session.context(OPERATION);
      for (const { root, jws } of batch.heads) records.heads.set(root, jws);
      const outcomes: WriteOutcomeV1[] = [];
      for (const item of batch.items) {
        try {
          requireServed({ subjectRef: item.subject.ref, about: item });
          outcomes.push(await writeItem({ records, context, hasLedger, item }));
        } catch (error) {
          outcomes.push({ writeId: item.writeId, status: "failed", error: toFailure(error) });
        }
      }
      return outcomes;
    },
  });
}

function toFailure(error: unknown): ConnectorError {
  const mapped = mapMemoryError({ error, operation: OPERATION, changes: true });
  if (ConnectorError.isInstance(mapped)) return mapped;
  // A mistake of our own: nothing of the item was committed, and its message may quote the item.
  return new ConnectorError({ code: "invalidInput", connectorId: CONNECTOR_ID, operation: OPERATION, cause: mapped });
}
