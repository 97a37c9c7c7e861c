import { ConnectorError } from "@volenti/core/adapter";
import type { XmlElement } from "../soap/xml-element.ts";
import { CONNECTOR_ID } from "../transport/connector-id.ts";
import { classifyFault } from "./classify-fault.ts";
import { readFault } from "./fault.ts";
import { STOP } from "./map-status-error.ts";

/** What a SOAP fault means, whatever the status that it came under. */
export function mapCegidRetailError(answer: { fault: XmlElement; status: number; operation: string; changes: boolean }): ConnectorError {
  const { status, operation, changes } = answer;
  const { code, fieldNames, trackingId } = readFault(answer.fault);
  const { connectorCode } = classifyFault({ code, changes });
  return new ConnectorError({
    code: connectorCode,
    retry: connectorCode === "unauthenticated" ? STOP : undefined,
    connectorId: CONNECTOR_ID,
    operation,
    httpStatus: status,
    providerCode: code ?? undefined,
    providerRequestId: trackingId ?? undefined,
    fieldNames: fieldNames.length === 0 ? undefined : fieldNames,
  });
}
