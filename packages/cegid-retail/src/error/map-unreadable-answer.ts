import { ConnectorError } from "@volenti/core/adapter";
import type { UnreadableAnswerError } from "../soap/unreadable-answer-error.ts";
import { CONNECTOR_ID } from "../transport/connector-id.ts";

/** An answer of success that cannot be read: of a change, nobody knows what became of it. */
export function mapUnreadableAnswer(request: { error: UnreadableAnswerError; status: number; operation: string; changes: boolean }): ConnectorError {
  const { error, status, operation, changes } = request;
  return new ConnectorError({
    code: changes ? "outcomeUnknown" : "malformedResponse",
    connectorId: CONNECTOR_ID,
    operation,
    httpStatus: status,
    providerCode: error.reason,
    fieldNames: error.member === null ? undefined : [error.member],
  });
}
