export type SoqlErrorCode = "MALFORMED_QUERY" | "INVALID_FIELD" | "INVALID_TYPE" | "INVALID_QUERY_FILTER_OPERATOR" | "NUMBER_OUTSIDE_VALID_RANGE" | "INVALID_QUERY_LOCATOR";

/** A query that cannot be run. The message is Salesforce's, and quotes the query. */
export class SoqlError extends Error {
  readonly errorCode: SoqlErrorCode;

  constructor(request: { errorCode: SoqlErrorCode; message: string }) {
    super(request.message);
    this.name = "SoqlError";
    this.errorCode = request.errorCode;
  }
}

export function malformed(message: string): SoqlError {
  return new SoqlError({ errorCode: "MALFORMED_QUERY", message });
}
