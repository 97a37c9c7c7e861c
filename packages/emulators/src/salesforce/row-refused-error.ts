/** The org refused what staff was to do in it. Holds the code and the names of fields, no value. */
export class RowRefusedError extends Error {
  readonly code: string;
  readonly fields: readonly string[];

  constructor(request: { objectName: string; statusCode: string; fields: readonly string[] }) {
    super(`${request.objectName}: ${request.statusCode}${request.fields.length === 0 ? "" : ` (${request.fields.join(", ")})`}`);
    this.name = "RowRefusedError";
    this.code = request.statusCode;
    this.fields = request.fields;
  }
}
