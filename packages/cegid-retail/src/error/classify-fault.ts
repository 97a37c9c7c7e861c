import type { ConnectorErrorCode } from "@volenti/core/adapter";

/**
 * What the code of a fault means. `domain`: a rule of Y2 refused the call, and nothing was applied; `failure`: the server
 * failed underneath, and nobody knows.
 */
export interface ClassifiedFault {
  readonly kind: "domain" | "protocol" | "failure";
  readonly connectorCode: ConnectorErrorCode;
}

// Codes of WCF itself (System.ServiceModel's fault codes) and of SOAP 1.1, 4.4.1.
const PROTOCOL_CODES: ReadonlyMap<string, ConnectorErrorCode> = new Map([
  ["Client", "rejectedByProvider"],
  ["DeserializationFailed", "rejectedByProvider"],
  ["ActionNotSupported", "unsupported"],
  ["MustUnderstand", "versionMismatch"],
  ["VersionMismatch", "versionMismatch"],
  ["FailedAuthentication", "unauthenticated"],
  ["InvalidSecurity", "unauthenticated"],
  ["InvalidSecurityToken", "unauthenticated"],
  ["AccessDenied", "forbidden"],
  ["EndpointUnavailable", "unavailable"],
  ["ServerTooBusy", "unavailable"],
]);

/** Codes of a rule that mean more than a refusal. An integrator saw CBR00450 for customers who exist already. */
const DOMAIN_CODES: ReadonlyMap<string, ConnectorErrorCode> = new Map([["CBR00450", "conflict"]]);

// WP006 and WP008 are the wrappings of the worker process; alone they tell of no rule. `Server` and InternalServiceFault are WCF's.
const FAILURE = /^(?:WP\d+|Server|InternalServiceFault|Receiver)$/;

export function classifyFault(request: { code: string | null; changes: boolean }): ClassifiedFault {
  const { code, changes } = request;
  if (code === null || FAILURE.test(code)) return { kind: "failure", connectorCode: changes ? "outcomeUnknown" : "unavailable" };
  const protocol = PROTOCOL_CODES.get(code);
  if (protocol !== undefined) return { kind: "protocol", connectorCode: protocol };
  return { kind: "domain", connectorCode: DOMAIN_CODES.get(code) ?? "rejectedByProvider" };
}
