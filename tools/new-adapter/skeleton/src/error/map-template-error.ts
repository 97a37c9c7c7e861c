import { ConnectorError, type ConnectorErrorCode } from "@volenti/core/adapter";

/** The system's own codes, and ours. */
const CODES: Readonly<Record<string, ConnectorErrorCode>> = {
  NOT_WRITTEN: "unsupported",
};

/** The one place that reads the system's own codes. Takes nothing else of its error: the rest may quote a person. */
export function mapTemplateError(request: { error: { code: string }; operation: string }): ConnectorError {
  const { error, operation } = request;
  return new ConnectorError({
    code: CODES[error.code] ?? "rejectedByProvider",
    connectorId: "template",
    operation,
    providerCode: error.code,
    cause: error,
  });
}
