import type { WriteBatchV1, WriteOutcomeV1 } from "@volenti/core/adapter";
import type { TemplateSession } from "../transport/template-session.ts";

/** The one write: one outcome an item, in their order; an item that fails fails alone. */
export function writeBatch(request: { session: TemplateSession; batch: WriteBatchV1 }): Promise<readonly WriteOutcomeV1[]> {
  const { session, batch } = request;
  return session.call({ operation: "intake.write", signal: batch.signal });
}
