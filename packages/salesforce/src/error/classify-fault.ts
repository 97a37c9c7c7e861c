import type { ConnectorErrorCode } from "@volenti/core/adapter";
import type { Fault } from "./fault.ts";

// https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_concepts_core_data_objects.htm
const CLASSES: readonly (readonly [ConnectorErrorCode, readonly string[]])[] = [
  [
    "unavailable",
    [
      "UNABLE_TO_LOCK_ROW",
      "TOO_MANY_APEX_REQUESTS",
      "SERVER_UNAVAILABLE",
      "UNKNOWN_EXCEPTION",
      "INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE",
      "PLATFORM_EVENT_PUBLISHING_UNAVAILABLE",
      "PLATFORM_EVENT_PUBLISH_FAILED",
      "API_CURRENTLY_DISABLED",
      "CONFLICT",
      // Two writers raced for one key: the row is there when the call comes again.
      "DUPLICATE_VALUE",
      "ENTITY_IS_DELETED",
      // Innocent rows of a call that failed for another's sake.
      "ALL_OR_NONE_OPERATION_ROLLED_BACK",
      "PROCESSING_HALTED",
      "BATCH_PROCESSING_HALTED",
    ],
  ],
  ["timedOut", ["QUERY_TIMEOUT", "REQUEST_RUNNING_TOO_LONG"]],
  ["rateLimited", ["REQUEST_LIMIT_EXCEEDED", "TOO_MANY_REQUESTS", "TooManyRequests"]],
  ["unauthenticated", ["INVALID_SESSION_ID", "INVALID_AUTH_HEADER", "INVALID_LOGIN", "SESSION_EXPIRED"]],
  ["forbidden", ["INSUFFICIENT_ACCESS", "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "ENTITY_IS_LOCKED", "INVALID_OPERATION_WITH_EXPIRED_PASSWORD"]],
  ["conflict", ["DUPLICATES_DETECTED", "DUPLICATE_EXTERNAL_ID", "MULTIPLE_CHOICES"]],
  ["versionMismatch", ["UNSUPPORTED_API_VERSION"]],
  [
    "invalidConfiguration",
    [
      "INVALID_FIELD",
      "INVALID_FIELD_FOR_INSERT_UPDATE",
      "INVALID_TYPE",
      "NOT_FOUND",
      "FUNCTIONALITY_NOT_ENABLED",
      "API_DISABLED_FOR_ORG",
      "STORAGE_LIMIT_EXCEEDED",
    ],
  ],
];

const BY_CODE: ReadonlyMap<string, ConnectorErrorCode> = new Map(
  CLASSES.flatMap(([connectorCode, codes]) => codes.map((code) => [code, connectorCode] as const)),
);

/** Errors that carry another, in their message alone, when a flow or a trigger met it. */
const CARRIERS: ReadonlySet<string> = new Set(["CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "CANNOT_EXECUTE_FLOW_TRIGGER"]);

export interface ClassifiedFault {
  readonly connectorCode: ConnectorErrorCode;
  /** Salesforce's code, or that of the error which a flow or trigger passed on. */
  readonly providerCode: string | undefined;
  readonly fieldNames: readonly string[];
  /** Calls that take long crowd each other out: a matter of seconds, not of the day. */
  readonly isConcurrencyLimit: boolean;
}

/** What a complaint means to us. */
export function classifyFault(fault: Fault): ClassifiedFault {
  const providerCode = carriedCode(fault) ?? fault.code ?? undefined;
  const known = providerCode === undefined ? undefined : BY_CODE.get(providerCode);
  const isAccess = providerCode?.startsWith("INSUFFICIENT_ACCESS") === true;
  return {
    connectorCode: known ?? (isAccess ? "forbidden" : "rejectedByProvider"),
    providerCode,
    fieldNames: fault.fieldNames,
    isConcurrencyLimit: providerCode === "REQUEST_LIMIT_EXCEEDED" && /concurrent/i.test(fault.message),
  };
}

/** Whether the code is one of those that this folder knows: what it does not know is read by the HTTP status. */
export function isKnownCode(code: string | undefined): code is string {
  return code !== undefined && (BY_CODE.has(code) || code.startsWith("INSUFFICIENT_ACCESS"));
}

function carriedCode({ code, message }: Fault): string | undefined {
  if (code === null || !CARRIERS.has(code)) return undefined;
  if (message.includes("UNABLE_TO_LOCK_ROW")) return "UNABLE_TO_LOCK_ROW";
  return message.includes("Too many SOQL") ? "TOO_MANY_APEX_REQUESTS" : undefined;
}

const RETRYABLE: ReadonlySet<ConnectorErrorCode> = new Set(["unavailable", "timedOut", "rateLimited", "unauthenticated"]);

/** The complaint that decides: one that another try does not mend, else the first. */
export function decisiveFault(faults: readonly Fault[]): ClassifiedFault | null {
  const classified = faults.map(classifyFault);
  return classified.find(({ connectorCode }) => !RETRYABLE.has(connectorCode)) ?? classified[0] ?? null;
}
