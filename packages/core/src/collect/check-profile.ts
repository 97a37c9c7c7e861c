import type { ResolvedConfiguration } from "../configuration/resolve-configuration.ts";
import type { StandardSchema } from "../configuration/standard-schema.ts";
import { canonicaliseInput } from "../evidence/canonicalise.ts";
import { isCountryCode } from "../model/country-code.ts";
import { normaliseEmailAddress } from "../model/email-address.ts";
import { isBirthdate, isFutureBirthdate } from "../model/instant.ts";
import { holdsPaymentCardNumber } from "../model/payment-card-number.ts";
import { normalisePhoneNumber } from "../model/phone-number.ts";
import { ADDRESS_MEMBERS } from "../model/standard-attributes.ts";
import type { Problem } from "../model/submission-result.ts";
import type { JsonValue } from "../support/json-value.ts";

const MAXIMUM_BRAND_VALUE_LENGTH = 16_384;
const MAXIMUM_DEPTH = 16;
/** Standard attributes whose text has a form of its own, beyond being text. */
const HAS_FORM: ReadonlySet<string> = new Set(["email", "phoneNumber", "birthdate", "address.country"]);
const CONTROL_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Flattens a profile to dotted names, gives e-mail and phone their one form, and refuses what must not be kept. */
export function checkProfile(request: {
  profile: Record<string, unknown> | undefined;
  configuration: ResolvedConfiguration;
  now: number;
}): { attributes: ReadonlyMap<string, JsonValue>; problems: readonly Problem[] } {
  const { profile, configuration, now } = request;
  const attributes = new Map<string, JsonValue>();
  const problems: Problem[] = [];
  const take = (name: string, value: unknown): void => {
    if (value === undefined) return;
    if (typeof value === "string" && !HAS_FORM.has(name) && !configuration.brandAttributes.has(name)) {
      const problem = checkString(value);
      if (problem === null) attributes.set(name, value);
      else problems.push({ path: `profile.${name}`, code: problem });
      return;
    }
    const outcome = value === null ? { value } : checkAttribute({ name, value: value as JsonValue, configuration, now });
    if (typeof outcome === "string") problems.push({ path: `profile.${name}`, code: outcome });
    else attributes.set(name, outcome.value);
  };
  for (const name in profile) {
    const value = profile[name];
    if (name !== "address" || value === undefined) take(name, value);
    else for (const member of ADDRESS_MEMBERS) take(`address.${member}`, value === null ? null : Reflect.get(value, member));
  }
  return { attributes, problems };
}

/** The value as it is kept, or the code of what is wrong with it. */
function checkAttribute(request: {
  name: string;
  value: JsonValue;
  configuration: ResolvedConfiguration;
  now: number;
}): { value: JsonValue } | string {
  const { name, configuration, now } = request;
  const brand = configuration.brandAttributes.get(name);
  const answer = brand === undefined ? { value: request.value } : checkBrandValue({ schema: brand, value: request.value });
  if (typeof answer === "string") return answer;
  const { value } = answer;
  const textProblem = checkText({ value, isPhone: name === "phoneNumber" });
  if (textProblem !== null) return textProblem;
  if (typeof value !== "string" || brand !== undefined) return { value };
  return checkStandardText({ name, value, now });
}

/** What the brand's schema makes of a value is what is kept: it may have stripped or trimmed something on purpose. */
function checkBrandValue(request: { schema: StandardSchema; value: JsonValue }): { value: JsonValue } | string {
  if (holdsPrototypeKey(request.value)) return "unknownKey";
  const answer = request.schema["~standard"].validate(request.value);
  if ("then" in answer) {
    answer.then(undefined, () => undefined);
    return "asynchronousSchema";
  }
  if (answer.issues !== undefined) return "invalidValue";
  const text = toPlainText(answer.value);
  if (text === null) return "invalidValue";
  return text.length > MAXIMUM_BRAND_VALUE_LENGTH ? "tooLong" : { value: JSON.parse(text) as JsonValue };
}

/** A schema may drop such a key without a word; a stranger who sends one is told. */
function holdsPrototypeKey(value: JsonValue): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (!Array.isArray(value) && Object.hasOwn(value, "__proto__")) return true;
  return Object.values(value).some((part: JsonValue) => holdsPrototypeKey(part));
}

/** Null for what is not plain JSON, or nested beyond what is kept. */
function toPlainText(value: unknown): string | null {
  try {
    return canonicaliseInput(value);
  } catch {
    return null;
  }
}

function checkStandardText(request: { name: string; value: string; now: number }): { value: JsonValue } | string {
  const { name, value, now } = request;
  switch (name) {
    case "email": {
      // A profile keeps the local part as the person writes it; only comparing ignores its case.
      const email = normaliseEmailAddress({ text: value, localPart: "exact" });
      return email === null ? "invalidEmail" : { value: email };
    }
    case "phoneNumber": {
      const phoneNumber = normalisePhoneNumber(value);
      return phoneNumber === null ? "invalidPhoneNumber" : { value: phoneNumber };
    }
    case "birthdate":
      if (!isBirthdate(value)) return "invalidDate";
      return isFutureBirthdate({ text: value, now }) ? "futureDate" : { value };
    case "address.country":
      return isCountryCode(value) ? { value } : "unknownCountry";
    default:
      return { value };
  }
}

/** Looks at every text inside a value. */
function checkText(request: { value: JsonValue; isPhone: boolean; depth?: number }): string | null {
  const { value, isPhone, depth = 0 } = request;
  if (depth > MAXIMUM_DEPTH) return "tooDeep";
  if (typeof value === "string") {
    const problem = checkString(value);
    return isPhone && problem === "paymentCardNumber" ? null : problem;
  }
  if (typeof value === "number") return holdsPaymentCardNumber(String(value)) ? "paymentCardNumber" : null;
  if (typeof value !== "object" || value === null) return null;
  for (const part of Array.isArray(value) ? value : [...Object.keys(value), ...Object.values(value)]) {
    const problem = checkText({ value: part as JsonValue, isPhone, depth: depth + 1 });
    if (problem !== null) return problem;
  }
  return null;
}

function checkString(text: string): string | null {
  if (!text.isWellFormed()) return "loneSurrogate";
  if (CONTROL_CHARACTER.test(text)) return "controlCharacter";
  return holdsPaymentCardNumber(text) ? "paymentCardNumber" : null;
}
