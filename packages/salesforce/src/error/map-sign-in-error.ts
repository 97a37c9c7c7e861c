import { ConnectorError, type ConnectorErrorCode } from "@volenti/core/adapter";
import { CONNECTOR_ID } from "../transport/salesforce-session.ts";
import { readFaults, type Fault } from "./fault.ts";
import { retryInstant } from "./retry-instant.ts";

// https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flow_errors.htm
const CODES: ReadonlyMap<string, ConnectorErrorCode> = new Map([
  ["invalid_grant", "unauthenticated"],
  ["invalid_token", "unauthenticated"],
  ["inactive_user", "unauthenticated"],
  ["invalid_client", "invalidConfiguration"],
  ["invalid_client_id", "invalidConfiguration"],
  ["invalid_client_credentials", "invalidConfiguration"],
  ["invalid_request", "invalidConfiguration"],
  ["invalid_assertion_type", "invalidConfiguration"],
  ["invalid_app_access", "invalidConfiguration"],
  ["invalid_scope", "invalidConfiguration"],
  ["unauthorized_client", "invalidConfiguration"],
  ["unsupported_grant_type", "invalidConfiguration"],
  ["inactive_org", "invalidConfiguration"],
  ["server_error", "unavailable"],
  ["temporarily_unavailable", "unavailable"],
  ["rate_limit_exceeded", "rateLimited"],
]);

/** What the token endpoint's refusal means. Nothing of the call that wanted the session was sent. */
export function mapSignInError(answer: {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: unknown;
  operation: string;
  now: number;
}): ConnectorError {
  const { status, headers, operation, now } = answer;
  const fault = readFaults(answer.body)[0];
  const code = codeOf({ status, fault });
  const isDelayed = code === "rateLimited" || code === "unavailable";
  const notBefore = isDelayed ? retryInstant({ headers, now }) : undefined;
  return new ConnectorError({
    code,
    connectorId: CONNECTOR_ID,
    operation,
    httpStatus: status,
    providerCode: fault?.code ?? undefined,
    ...(notBefore === undefined ? {} : { retry: { kind: "afterDelay", notBefore } }),
  });
}

function codeOf(request: { status: number; fault: Fault | undefined }): ConnectorErrorCode {
  const { status, fault } = request;
  if (status === 429) return "rateLimited";
  if (status >= 500 || status === 408 || status === 420) return "unavailable";
  // A login address that moved: its secrets are not carried along.
  if (status >= 300 && status < 400) return "invalidConfiguration";
  if (fault !== undefined && isPassing(fault)) return /rate/i.test(fault.message) ? "rateLimited" : "unavailable";
  const known = fault?.code === null || fault?.code === undefined ? undefined : CODES.get(fault.code);
  return known ?? (status === 404 ? "invalidConfiguration" : "unauthenticated");
}

/** Refusals that say `invalid_grant` and mean: not now, because another process is at it. */
function isPassing({ message }: Fault): boolean {
  return /already being processed|expired authorization code|login rate exceeded/i.test(message);
}
