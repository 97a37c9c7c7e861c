import type { ConnectorTraitsV1 } from "@volenti/core/adapter";

/** What Template keeps of its promises. Claims the least: raise a claim once the kit proves it, and say what proves it. */
export const TEMPLATE_TRAITS: ConnectorTraitsV1 = {
  staleWriteGuard: "none",
  profileStaleGuard: "none",
  idempotency: "none",
  atomicity: "perRecord",
  historyDepth: "latestOnly",
  readAfterWrite: "eventual",
  instantPrecision: "day",
  representableStatuses: ["given", "withdrawn"],
  subjectKeys: ["email"],
  maxBatchSize: 1,
};
