import { ConnectorError, type ConnectorErrorCode, type RetryAdvice } from "@volenti/core/adapter";
import { CONNECTOR_ID } from "../transport/connector-id.ts";
import { retryInstant } from "./retry-instant.ts";

/** Every call carries the credentials, so that no renewal helps: whoever goes on with wrong ones locks the technical user out. */
export const STOP: RetryAdvice = { kind: "never" };

export interface RefusedAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly operation: string;
  readonly changes: boolean;
  readonly now: number;
  readonly providerCode?: string | undefined;
}

/** What an answer means that carries no SOAP fault: its status alone tells. */
export function mapStatusError(answer: RefusedAnswer): ConnectorError {
  const { status, headers, operation, now } = answer;
  const code = codeOf(answer);
  return new ConnectorError({
    code,
    connectorId: CONNECTOR_ID,
    operation,
    httpStatus: status,
    providerCode: answer.providerCode ?? (status === 401 && !offersBasic(headers) ? "BASIC_NOT_OFFERED" : undefined),
    retry: adviceOf({ code, headers, now }),
  });
}

const BY_STATUS: ReadonlyMap<number, ConnectorErrorCode> = new Map([
  [401, "unauthenticated"],
  [403, "forbidden"],
  // No such service below the address: not installed, or the address is wrong.
  [404, "invalidConfiguration"],
  [405, "invalidConfiguration"],
  [407, "invalidConfiguration"],
  [415, "unsupported"],
  [429, "rateLimited"],
  [503, "unavailable"],
]);

function codeOf({ status, changes }: RefusedAnswer): ConnectorErrorCode {
  // An address that moved: credentials and personal data do not go to whatever host it names.
  if (status >= 300 && status < 400) return "invalidConfiguration";
  const known = BY_STATUS.get(status);
  if (known !== undefined) return known;
  if (status < 300) return changes ? "outcomeUnknown" : "malformedResponse";
  const isTimeOut = status === 408 || status === 504;
  if (!isTimeOut && status < 500) return "rejectedByProvider";
  if (changes) return "outcomeUnknown";
  return isTimeOut ? "timedOut" : "unavailable";
}

/** Y2 once asked for NTLM, which is not spoken here: no password would help. */
function offersBasic(headers: RefusedAnswer["headers"]): boolean {
  const offered = headers["www-authenticate"];
  return offered === undefined || /\bbasic\b/i.test(offered);
}

function adviceOf(request: { code: ConnectorErrorCode; headers: RefusedAnswer["headers"]; now: number }): RetryAdvice | undefined {
  const { code, headers, now } = request;
  if (code === "unauthenticated") return STOP;
  if (code !== "rateLimited" && code !== "unavailable") return undefined;
  const notBefore = retryInstant({ headers, now });
  return notBefore === undefined ? undefined : { kind: "afterDelay", notBefore };
}
