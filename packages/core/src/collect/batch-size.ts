import type { ConnectorV1 } from "../connector/v1/connector-v1.ts";

const LEAST = 200;
const MOST = 1000;

/** How many submissions a batch holds where the caller names no size: what the most demanding destination prefers. */
export function batchSizeFor(connectors: Iterable<ConnectorV1>): number {
  let size = LEAST;
  for (const { traits } of connectors) {
    const { preferredBatchSize = LEAST, maxBatchSize } = traits;
    const preferred = Math.min(preferredBatchSize, maxBatchSize, MOST);
    if (Number.isSafeInteger(preferred)) size = Math.max(size, preferred);
  }
  return size;
}
