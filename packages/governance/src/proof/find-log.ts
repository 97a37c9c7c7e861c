import { ConnectorError, type Volenti } from "@volenti/core";
import type { CheckpointsFacetV1 } from "@volenti/core/adapter";

/** A destination's log; `invalidInput` for an unknown destination, `unsupported` for one that keeps none. */
export function findLog(request: { volenti: Volenti; destinationId: string; operation: string }): CheckpointsFacetV1 {
  const { volenti, destinationId, operation } = request;
  const connector = volenti.destinations.get(destinationId);
  if (connector?.checkpoints !== undefined) return connector.checkpoints;
  throw new ConnectorError({
    code: connector === undefined ? "invalidInput" : "unsupported",
    connectorId: connector?.connectorId ?? "governance",
    operation,
    fieldNames: ["destinationId"],
  });
}
