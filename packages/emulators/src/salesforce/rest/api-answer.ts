import type { RowError } from "../write/row-error.ts";

export interface ApiAnswer {
  readonly status: number;
  /** Undefined: no body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export function refusal(request: { status: number; errorCode: string; message: string; fields?: readonly string[] }): ApiAnswer {
  const { status, errorCode, message, fields } = request;
  return { status, body: [{ message, errorCode, ...(fields === undefined ? {} : { fields }) }] };
}

export function notFound(message = "The requested resource does not exist"): ApiAnswer {
  return refusal({ status: 404, errorCode: "NOT_FOUND", message });
}

export function methodNotAllowed(request: { method: string; allowed: readonly string[] }): ApiAnswer {
  const { method, allowed } = request;
  return refusal({ status: 405, errorCode: "METHOD_NOT_ALLOWED", message: `HTTP Method '${method}' not allowed. Allowed are ${allowed.join(",")}` });
}

const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  NOT_FOUND: 404, ENTITY_IS_DELETED: 404, INSUFFICIENT_ACCESS_OR_READONLY: 403, REQUEST_LIMIT_EXCEEDED: 403,
};

/** The refusal of the one row that a call is about: here `errorCode`, where collections say `statusCode`. */
export function rowRefusal(errors: readonly RowError[]): ApiAnswer {
  const status = STATUS_BY_CODE[errors[0]?.statusCode ?? ""] ?? 400;
  return { status, body: errors.map(({ statusCode, ...rest }) => ({ errorCode: statusCode, ...rest })) };
}
