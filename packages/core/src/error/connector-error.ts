/** Why a call failed, closed: callers switch on it. */
export type ConnectorErrorCode =
  | "invalidInput"
  | "invalidConfiguration"
  | "unauthenticated"
  | "forbidden"
  | "conflict"
  | "unlinked"
  | "rateLimited"
  | "unavailable"
  | "timedOut"
  | "outcomeUnknown"
  | "rejectedByProvider"
  | "malformedResponse"
  | "unsupported"
  | "versionMismatch";

/**
 * What a caller may do next.
 * - `never`: the same call fails again
 * - `afterDelay`: nothing was applied; not before `notBefore` (epoch milliseconds) where the system named a time
 * - `afterReauthentication`: once the session was renewed
 * - `sameWriteOnly`: nobody knows whether it was applied; only the very same write, under the same ids, may be sent again
 */
export type RetryAdvice =
  | { readonly kind: "never" }
  | { readonly kind: "afterDelay"; readonly notBefore?: number }
  | { readonly kind: "afterReauthentication" }
  | { readonly kind: "sameWriteOnly" };

/** What an error of a connector says; never a value that a person gave. */
export interface ConnectorErrorOptions {
  code: ConnectorErrorCode;
  /** The connector's own name for itself, not the destination's key. */
  connectorId: string;
  /** Facet and method (`intake.write`), or the method alone (`checkConnection`). */
  operation: string;
  /** Defaults from the code. */
  retry?: RetryAdvice | undefined;
  /** The system's own code (an SQLSTATE, a Salesforce status code), never its message. */
  providerCode?: string | undefined;
  /** Of the system's answer. Absent: it gave none, or does not speak HTTP. */
  httpStatus?: number | undefined;
  /** The system's own id of the call, for its operator's logs. */
  providerRequestId?: string | undefined;
  /** Names from our own schema or settings, never values. */
  fieldNames?: readonly string[] | undefined;
  /** Of a `conflict` and of `unlinked`: the system's own ids of the records that match. They name nobody by themselves. */
  recordIds?: readonly string[] | undefined;
  /** What went wrong underneath; only its name, code and system call are kept. */
  cause?: unknown;
}

const MARKER = Symbol.for("volenti.connectorError");
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

const DEFAULT_ADVICE: Record<ConnectorErrorCode, RetryAdvice> = {
  invalidInput: { kind: "never" },
  invalidConfiguration: { kind: "never" },
  unauthenticated: { kind: "afterReauthentication" },
  forbidden: { kind: "never" },
  conflict: { kind: "never" },
  unlinked: { kind: "never" },
  rateLimited: { kind: "afterDelay" },
  unavailable: { kind: "afterDelay" },
  timedOut: { kind: "afterDelay" },
  outcomeUnknown: { kind: "sameWriteOnly" },
  rejectedByProvider: { kind: "never" },
  malformedResponse: { kind: "never" },
  unsupported: { kind: "never" },
  versionMismatch: { kind: "never" },
};

/** What is kept of an underlying error: enough to find the cause, nothing that a person wrote. */
export interface ScrubbedCause {
  /** Of the underlying error's class. */
  readonly name: string;
  /** Its code, where it looks like one (`ECONNRESET`); absent otherwise. */
  readonly code?: string;
  /** The system call that failed (`connect`); absent where it names none. */
  readonly systemCall?: string;
}

/**
 * The one error of every connector. It carries codes and field names, never values: no message, body, header or
 * address of the system behind it. Two installed copies of the package recognise each other's errors through
 * {@link ConnectorError.isInstance}; do not use `instanceof`.
 */
export class ConnectorError extends Error {
  readonly code: ConnectorErrorCode;
  /** The connector's own name for itself, not the destination's key. */
  readonly connectorId: string;
  /** Facet and method (`intake.write`), or the method alone (`checkConnection`). */
  readonly operation: string;
  readonly retry: RetryAdvice;
  /** The system's own code, never its message; undefined where it gave none. */
  readonly providerCode: string | undefined;
  /** Undefined where the system gave no answer, or does not speak HTTP. */
  readonly httpStatus: number | undefined;
  /** The system's own id of the call, for its operator's logs; undefined where it gave none. */
  readonly providerRequestId: string | undefined;
  /** Names from our own schema or settings, never values; undefined where nobody knows which. */
  readonly fieldNames: readonly string[] | undefined;
  /** Of a `conflict` and of `unlinked`: the system's own ids of the records that match; undefined for other codes. */
  readonly recordIds: readonly string[] | undefined;
  /** How often the call was tried before this was thrown. */
  attempts = 1;

  constructor(options: ConnectorErrorOptions) {
    super(`${options.connectorId} ${options.operation}: ${options.code}`);
    this.name = "ConnectorError";
    this.code = options.code;
    this.connectorId = options.connectorId;
    this.operation = options.operation;
    this.retry = options.retry ?? DEFAULT_ADVICE[options.code];
    this.providerCode = options.providerCode;
    this.httpStatus = options.httpStatus;
    this.providerRequestId = options.providerRequestId;
    this.fieldNames = options.fieldNames;
    this.recordIds = options.recordIds;
    // Error trackers follow `cause` even where it is not enumerable: only a scrubbed copy is ever attached.
    if (options.cause !== undefined) this.cause = scrubCause(options.cause);
    Object.defineProperty(this, MARKER, { value: true });
    Object.defineProperty(this, INSPECT, { value: () => this.toJSON() });
  }

  /** Recognises those of another installed copy too, unlike `instanceof`. */
  static isInstance(value: unknown): value is ConnectorError {
    return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[MARKER] === true;
  }

  /** What loggers may print: codes and names, with the scrubbed cause. */
  toJSON(): Record<string, unknown> {
    return {
      name: this.name,
      code: this.code,
      connectorId: this.connectorId,
      operation: this.operation,
      retry: this.retry,
      attempts: this.attempts,
      ...(this.providerCode === undefined ? {} : { providerCode: this.providerCode }),
      ...(this.httpStatus === undefined ? {} : { httpStatus: this.httpStatus }),
      ...(this.providerRequestId === undefined ? {} : { providerRequestId: this.providerRequestId }),
      ...(this.fieldNames === undefined ? {} : { fieldNames: this.fieldNames }),
      ...(this.recordIds === undefined ? {} : { recordIds: this.recordIds }),
      ...(this.cause === undefined ? {} : { cause: this.cause }),
    };
  }
}

function scrubCause(cause: unknown): ScrubbedCause {
  if (typeof cause !== "object" || cause === null) return { name: typeof cause };
  const { name, code, syscall } = cause as { name?: unknown; code?: unknown; syscall?: unknown };
  return {
    name: isSymbolicName(name) ? name : "Error",
    ...(isSymbolicName(code) ? { code } : {}),
    ...(isSymbolicName(syscall) ? { systemCall: syscall } : {}),
  };
}

function isSymbolicName(value: unknown): value is string {
  return typeof value === "string" && /^[A-Za-z0-9_]{1,64}$/.test(value);
}
