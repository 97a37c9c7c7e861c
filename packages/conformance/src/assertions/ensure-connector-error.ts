import { ConnectorError, type ConnectorErrorCode, type ConnectorV1 } from "@volenti/core/adapter";
import { ConformanceFailure } from "./conformance-failure.ts";
import { ensure } from "./ensure.ts";

const DELAYED: readonly ConnectorErrorCode[] = ["rateLimited", "unavailable", "timedOut"];

/** Fails the case unless the value is a `ConnectorError` of one of the codes, with advice that fits its code. */
export function ensureConnectorError(request: {
  error: unknown;
  connector: ConnectorV1;
  codes?: readonly ConnectorErrorCode[] | undefined;
  what: string;
}): ConnectorError {
  const { error, connector, codes, what } = request;
  if (!ConnectorError.isInstance(error)) {
    const name = error instanceof Error ? error.name : typeof error;
    throw new ConformanceFailure(`${what}: expected a ConnectorError, got ${name}`);
  }
  ensure({
    that: codes === undefined || codes.includes(error.code),
    otherwise: `${what}: expected the code ${codes?.join(" or ")}, got ${error.code}`,
  });
  ensure({ that: error.connectorId === connector.connectorId, otherwise: `${what}: the error names another connectorId` });
  ensure({ that: error.operation.length > 0, otherwise: `${what}: the error names no operation` });
  const { kind } = error.retry;
  if (error.code === "outcomeUnknown") {
    ensure({ that: kind === "sameWriteOnly", otherwise: `${what}: outcomeUnknown must advise sameWriteOnly, got ${kind}` });
  } else if (DELAYED.includes(error.code)) {
    ensure({ that: kind === "afterDelay", otherwise: `${what}: ${error.code} must advise afterDelay, got ${kind}` });
  } else {
    const isFitting = kind !== "afterDelay" && (kind === "afterReauthentication") === (error.code === "unauthenticated");
    ensure({ that: isFitting, otherwise: `${what}: ${error.code} must not advise ${kind}` });
  }
  return error;
}

/** Runs a call that must fail; answers what it threw. */
export async function rejectionOf(request: { call: () => Promise<unknown>; what: string }): Promise<unknown> {
  let answer: unknown;
  try {
    answer = await request.call();
  } catch (error) {
    return error;
  }
  const shape = answer === null ? "null" : Array.isArray(answer) ? `a list of ${answer.length}` : typeof answer;
  throw new ConformanceFailure(`${request.what}: expected a rejection, got ${shape}`);
}
