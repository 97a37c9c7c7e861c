/** One complaint of Salesforce as it came. Its message may quote a person: it is looked at in this folder and goes nowhere. */
export interface Fault {
  /** `errorCode` of requests, `statusCode` of rows, `error` of the token endpoint; null where it is no code. */
  readonly code: string | null;
  readonly message: string;
  readonly fieldNames: readonly string[];
}

/** An error as rows and requests carry it. Anything may be missing. */
export interface RawFault {
  readonly statusCode?: unknown;
  readonly errorCode?: unknown;
  readonly message?: unknown;
  readonly fields?: unknown;
}

const CODE = /^[A-Za-z][A-Za-z0-9_]{0,79}$/;
const API_NAME = /^[A-Za-z][A-Za-z0-9_]{0,79}(?:\.[A-Za-z][A-Za-z0-9_]{0,79}){0,5}$/;
const SOAP_FAULT = /<faultcode>(?:[A-Za-z0-9]+:)?([A-Za-z][A-Za-z0-9_]{0,79})<\/faultcode>/;
// Salesforce names a field that the user may not see in its message alone.
const HIDDEN_FIELD = /No such column '([A-Za-z][A-Za-z0-9_.]{0,160})'/;

/** The complaints in an answer's body: a list, one alone, one of the token endpoint, or a SOAP fault. */
export function readFaults(body: unknown): readonly Fault[] {
  if (typeof body === "string") return readSoapFault(body);
  const entries: readonly unknown[] = Array.isArray(body) ? body : [body];
  return entries.flatMap((entry) => (isRecord(entry) ? [toFault(entry)] : []));
}

function toFault(entry: Readonly<Record<string, unknown>>): Fault {
  const { statusCode, errorCode, error, message, error_description: description, fields } = entry;
  const code = [statusCode, errorCode, error].find((value): value is string => typeof value === "string" && CODE.test(value));
  const text = [message, description].find((value): value is string => typeof value === "string") ?? "";
  return { code: code ?? null, message: text, fieldNames: [...new Set([...toFieldNames(fields), ...namedIn(text)])] };
}

function toFieldNames(fields: unknown): readonly string[] {
  if (!Array.isArray(fields)) return [];
  return fields.filter((field): field is string => typeof field === "string" && API_NAME.test(field));
}

function namedIn(message: string): readonly string[] {
  const name = HIDDEN_FIELD.exec(message)?.[1];
  return name !== undefined && API_NAME.test(name) ? [name] : [];
}

function readSoapFault(text: string): readonly Fault[] {
  const code = SOAP_FAULT.exec(text)?.[1];
  return code === undefined ? [] : [{ code, message: "", fieldNames: [] }];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
