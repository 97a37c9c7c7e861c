import { ConnectorError } from "@volenti/core/adapter";
import { CONNECTOR_ID } from "../transport/salesforce-session.ts";
import { decisiveFault } from "./classify-fault.ts";
import { readFaults, type RawFault } from "./fault.ts";

/**
 * Why a row of a collection, or of a bulk job, was refused. What the same row may meet with better luck (a lock, a race,
 * a neighbour's failure) is `unavailable`; of several complaints the one that luck does not mend decides.
 */
export function mapRowError(request: { errors: readonly RawFault[]; operation: string }): ConnectorError {
  const faults = readFaults(request.errors);
  const decisive = decisiveFault(faults);
  const fieldNames = [...new Set(faults.flatMap((fault) => fault.fieldNames))];
  return new ConnectorError({
    code: decisive?.connectorCode ?? "rejectedByProvider",
    connectorId: CONNECTOR_ID,
    operation: request.operation,
    providerCode: decisive?.providerCode,
    fieldNames: fieldNames.length === 0 ? undefined : fieldNames,
  });
}
