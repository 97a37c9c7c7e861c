import type { FieldSchema } from "../schema/org-schema.ts";
import type { FieldValue } from "../store/stored-row.ts";
import { isYearKept } from "./parse-datetime.ts";
import { rowError, type RowError } from "./row-error.ts";

const EMAIL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]$/;
const FIRST_VERSION_WITH_PENDING = 58;

interface CheckedValue {
  readonly value: FieldValue;
  readonly error: RowError | null;
}

/** Whether the field takes the value; numbers come back rounded to the field's decimals. */
export function checkValue(request: { field: FieldSchema; value: FieldValue; apiVersion: number }): CheckedValue {
  const { field, value } = request;
  if (value === null) {
    const isRefused = field.type === "boolean";
    return { value, error: isRefused ? refuse({ field, statusCode: "INVALID_TYPE_ON_FIELD_IN_RECORD", text: "value not of required type: " }) : null };
  }
  if (typeof value === "number") return checkNumber({ field, value });
  if (typeof value !== "string") return { value, error: null };
  return { value, error: checkText({ field, value, apiVersion: request.apiVersion }) };
}

function checkText(request: { field: FieldSchema; value: string; apiVersion: number }): RowError | null {
  const { field, value } = request;
  switch (field.type) {
    case "date":
    case "datetime":
      return isYearKept(value) ? null : refuse({ field, statusCode: "NUMBER_OUTSIDE_VALID_RANGE", text: `value outside of valid range: ${value}` });
    case "time":
    case "reference":
    case "id":
      return null;
    case "picklist":
    case "multipicklist":
      return checkPicklist(request);
    default:
      return checkLength({ field, value }) ?? checkForm({ field, value });
  }
}

function checkLength(request: { field: FieldSchema; value: string }): RowError | null {
  const { field, value } = request;
  if (field.length <= 0 || value.length <= field.length) return null;
  return refuse({ field, statusCode: "STRING_TOO_LONG", text: `data value too large: ${value} (max length=${field.length})` });
}

function checkForm(request: { field: FieldSchema; value: string }): RowError | null {
  const { field, value } = request;
  if (field.type !== "email" || EMAIL.test(value)) return null;
  return refuse({ field, statusCode: "INVALID_EMAIL_ADDRESS", text: `invalid email address: ${value}` });
}

function checkPicklist(request: { field: FieldSchema; value: string; apiVersion: number }): RowError | null {
  const { field, value, apiVersion } = request;
  const isTooNew = field.name === "PrivacyConsentStatus" && value.endsWith("Pending") && apiVersion < FIRST_VERSION_WITH_PENDING;
  const parts = field.type === "multipicklist" ? value.split(";") : [value];
  const isKnown = !field.isRestrictedPicklist || parts.every((part) => field.picklist.some((known) => known === part));
  if (isKnown && !isTooNew) return checkLength({ field, value });
  return refuse({
    field,
    statusCode: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    text: `bad value for restricted picklist field: ${value}`,
  });
}

function checkNumber(request: { field: FieldSchema; value: number }): CheckedValue {
  const { field } = request;
  const scaled = field.type === "int" ? request.value : Number(request.value.toFixed(Math.min(field.scale, 18)));
  const limit = 10 ** (field.precision - field.scale);
  if (field.precision > 0 && Math.abs(scaled) >= limit) {
    return {
      value: scaled,
      error: refuse({ field, statusCode: "NUMBER_OUTSIDE_VALID_RANGE", text: `value outside of valid range on numeric field: ${request.value}` }),
    };
  }
  return { value: scaled, error: null };
}

function refuse(request: { field: FieldSchema; statusCode: string; text: string }): RowError {
  const { field, statusCode, text } = request;
  return rowError({ statusCode, message: `${field.label}: ${text}`, fields: [field.name] });
}
