/** A value of the wrong JSON type or form: the whole body cannot be read, whichever row holds it. */
export class DeserializationError extends Error {
  constructor(request: { type: string; token: string; value: string }) {
    super(
      `Cannot deserialize instance of ${request.type} from ${request.token} value ${request.value} or request may be missing a required field at [line:1, column:1]`,
    );
    this.name = "DeserializationError";
  }
}

export function refuseToDeserialize(request: { type: string; value: unknown }): DeserializationError {
  const { type, value } = request;
  return new DeserializationError({ type, token: tokenOf(value), value: shown(value) });
}

function shown(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

function tokenOf(value: unknown): string {
  if (typeof value === "string") return "VALUE_STRING";
  if (typeof value === "number") return Number.isInteger(value) ? "VALUE_NUMBER_INT" : "VALUE_NUMBER_FLOAT";
  if (typeof value === "boolean") return value ? "VALUE_TRUE" : "VALUE_FALSE";
  return Array.isArray(value) ? "START_ARRAY" : "START_OBJECT";
}
