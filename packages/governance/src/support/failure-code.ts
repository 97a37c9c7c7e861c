import { ConnectorError } from "@volenti/core";

/** The code of a failure, for a report; what is no connector's own error is `unexpectedError`, its message left out. */
export function failureCode(error: unknown): string {
  return ConnectorError.isInstance(error) ? error.code : "unexpectedError";
}
