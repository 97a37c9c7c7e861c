import { ConnectorError, type ConnectorErrorCode } from "@volenti/core/adapter";
import { MemorySystemError, type MemoryFailureCode } from "../transport/memory-failure.ts";

const CODES: Readonly<Record<MemoryFailureCode, ConnectorErrorCode>> = {
  CONNECTION_REFUSED: "unavailable",
  CONNECTION_LOST: "unavailable",
  SESSION_EXPIRED: "unauthenticated",
  MALFORMED_ANSWER: "malformedResponse",
  RATE_LIMITED: "rateLimited",
  ROW_REFUSED: "rejectedByProvider",
};

/** The one place that reads the system's own codes. What is no failure of the system passes as it is. */
export function mapMemoryError(request: { error: unknown; operation: string; changes: boolean }): unknown {
  const { error, operation, changes } = request;
  if (!(error instanceof MemorySystemError)) return error;
  // A write whose connection broke may have been applied: only the very same write may be sent again.
  const code = changes && error.code === "CONNECTION_LOST" ? "outcomeUnknown" : CODES[error.code];
  return new ConnectorError({
    code,
    connectorId: "memory",
    operation,
    providerCode: error.code,
    cause: error,
    ...(error.notBefore === undefined ? {} : { retry: { kind: "afterDelay", notBefore: error.notBefore } as const }),
  });
}
