import { ConnectorError, type ConnectorErrorCode, type RetryAdvice } from "@volenti/core/adapter";
import { CONNECTOR_ID } from "../transport/salesforce-session.ts";
import { decisiveFault, isKnownCode, type ClassifiedFault } from "./classify-fault.ts";
import { readFaults } from "./fault.ts";
import { retryInstant } from "./retry-instant.ts";

/** Calls that crowd each other out are worth a pause of seconds. */
const CROWDED_IN_MS = 20_000;

export interface FailedAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed where it was JSON, else the text. */
  readonly body: unknown;
  readonly operation: string;
  /** Whether the call may have changed the org: see `outcomeUnknown`. */
  readonly changes: boolean;
  readonly now: number;
}

/** What an answer outside 200 to 299 means. Codes and field names alone are kept: messages of Salesforce quote values. */
export function mapSalesforceError(answer: FailedAnswer): ConnectorError {
  const faults = readFaults(answer.body);
  const fault = decisiveFault(faults);
  const fieldNames = [...new Set(faults.flatMap((entry) => entry.fieldNames))];
  const code = codeOf({ answer, fault });
  return new ConnectorError({
    code,
    connectorId: CONNECTOR_ID,
    operation: answer.operation,
    providerCode: answer.status >= 300 && answer.status < 400 ? redirectCode(answer.status) : fault?.providerCode,
    httpStatus: answer.status,
    fieldNames: fieldNames.length === 0 ? undefined : fieldNames,
    retry: adviceOf({ code, answer, fault }),
  });
}

function codeOf(request: { answer: FailedAnswer; fault: ClassifiedFault | null }): ConnectorErrorCode {
  const { answer, fault } = request;
  const { status, changes } = answer;
  if (status === 300) return "conflict";
  // Never followed: the session token would go to whatever host it names.
  if (status > 300 && status < 400) return "invalidConfiguration";
  if (changes && mayHaveBeenApplied({ status, fault })) return "outcomeUnknown";
  if (fault !== null && isKnownCode(fault.providerCode)) return fault.connectorCode;
  return BY_STATUS.get(status) ?? (status >= 500 ? "unavailable" : "rejectedByProvider");
}

/** Gateways and the org's own stop-watch give up while the call may still be at work; an org that is down applies nothing. */
function mayHaveBeenApplied(request: { status: number; fault: ClassifiedFault | null }): boolean {
  const { status, fault } = request;
  if (fault?.providerCode === "REQUEST_RUNNING_TOO_LONG" || fault?.providerCode === "UNKNOWN_EXCEPTION") return true;
  if (status === 502 || status === 504 || status === 408) return true;
  return status >= 500 && status !== 503 && !isKnownCode(fault?.providerCode);
}

const BY_STATUS: ReadonlyMap<number, ConnectorErrorCode> = new Map([
  [401, "unauthenticated"],
  [403, "forbidden"],
  [404, "invalidConfiguration"],
  [405, "unsupported"],
  [407, "invalidConfiguration"],
  [408, "timedOut"],
  [409, "unavailable"],
  [410, "versionMismatch"],
  [412, "unavailable"],
  [420, "unavailable"],
  [425, "unavailable"],
  [429, "rateLimited"],
  [504, "timedOut"],
]);

function redirectCode(status: number): string {
  return status === 300 ? "MULTIPLE_CHOICES" : "REDIRECT";
}

function adviceOf(request: { code: ConnectorErrorCode; answer: FailedAnswer; fault: ClassifiedFault | null }): RetryAdvice | undefined {
  const { code, answer, fault } = request;
  if (code !== "rateLimited" && code !== "unavailable" && code !== "timedOut") return undefined;
  const named = retryInstant({ headers: answer.headers, now: answer.now });
  const notBefore = named ?? (fault?.isConcurrencyLimit === true ? answer.now + CROWDED_IN_MS : undefined);
  return notBefore === undefined ? { kind: "afterDelay" } : { kind: "afterDelay", notBefore };
}

/** An answer of success that cannot be read: of a change, nobody knows what became of it. */
export function malformedAnswer(request: {
  status: number;
  operation: string;
  changes: boolean;
  providerCode?: string | undefined;
}): ConnectorError {
  return new ConnectorError({
    code: request.changes ? "outcomeUnknown" : "malformedResponse",
    connectorId: CONNECTOR_ID,
    operation: request.operation,
    httpStatus: request.status,
    providerCode: request.providerCode,
  });
}
