import { ConnectorError, type ConnectorErrorCode } from "@volenti/core/adapter";

// Codes of Node's TLS and of OpenSSL: the certificate, the private CA or the client certificate is wrong.
const TLS_CODE =
  /^(?:ERR_TLS|ERR_SSL|ERR_OSSL|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|CERT_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|CRL_|ERROR_IN_C|EPROTO)/;

/** A call that got no answer. */
export interface LostAnswer {
  /** Of the adapter whose call it was. */
  readonly connectorId: string;
  /** As axios or Node threw it; only its code is read. */
  readonly error: unknown;
  /** Facet and method, for the error that is made of it. */
  readonly operation: string;
  /** Whether the call may have changed something: a lost answer is then `outcomeUnknown`, unless nothing was sent. */
  readonly changes: boolean;
  /** Whether a byte of the request may have reached the other side. */
  readonly wasSent: boolean;
  /** `closed`: by the session's own end. */
  readonly end: "lost" | "timedOut" | "closed";
}

/** What a call that got no answer means. Every write that was sent may have been applied. */
export function mapNetworkError(lost: LostAnswer): ConnectorError {
  const { connectorId, error, operation } = lost;
  const providerCode = networkCodeOf(error);
  const code = connectorCodeOf({ ...lost, providerCode });
  return new ConnectorError({ code, connectorId, operation, providerCode, cause: error ?? undefined });
}

function connectorCodeOf(lost: LostAnswer & { providerCode: string | undefined }): ConnectorErrorCode {
  const { changes, wasSent, end, providerCode } = lost;
  if (changes && wasSent) return "outcomeUnknown";
  if (end === "closed") return "invalidInput";
  if (end === "timedOut") return "timedOut";
  if (providerCode !== undefined && (TLS_CODE.test(providerCode) || providerCode === "ERR_PROXY_407")) return "invalidConfiguration";
  // Bytes that are no HTTP, or more of them than are taken.
  if (providerCode?.startsWith("HPE_") === true || providerCode === "TOO_LARGE") return "malformedResponse";
  return "unavailable";
}

function networkCodeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof message === "string" && message.startsWith("maxContentLength")) return "TOO_LARGE";
  return typeof code === "string" && /^[A-Za-z0-9_]{1,64}$/.test(code) ? code : undefined;
}
