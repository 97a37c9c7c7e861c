import { ConnectorError, type ConnectorErrorOptions } from "@volenti/core/adapter";
import { CONNECTOR_ID } from "../transport/connector-id.ts";
import type { CegidSession } from "../transport/cegid-session.ts";

/** On whose behalf calls are made. */
export interface CallTerms {
  readonly session: CegidSession;
  /** The contract's member: `intake.write`. */
  readonly operation: string;
  /** Refusals and rights go ahead of what waits. */
  readonly isUrgent?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** An error of the operation that the terms name. */
export function failCall(request: { terms: CallTerms } & Pick<ConnectorErrorOptions, "code" | "providerCode" | "fieldNames" | "recordIds">): ConnectorError {
  const { terms, ...rest } = request;
  return new ConnectorError({ ...rest, connectorId: CONNECTOR_ID, operation: terms.operation });
}
