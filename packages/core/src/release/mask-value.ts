import type { JsonValue } from "../support/json-value.ts";
import type { ReleaseMask } from "./release-rule.ts";

const HIDDEN = "****";
const LEAST_FOR_LAST_4 = 8;
const DATE = /^(\d{4})(?:-\d{2}-\d{2}(?:T[0-9:.]+(?:Z|[+-]\d{2}:\d{2}))?)?$/;
const EMAIL = /^[^@\s]+@([^@\s.]+(?:\.[^@\s.]+)+)$/;
const COUNTRY = /^[A-Z]{2}$/;
const LOCALE = /^[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?[-_]([A-Za-z]{2})$/;

/**
 * What is left of a value: `****6789`, `I.`, `1990`, `FR`, `example.com`. Null where the mask says nothing of such a
 * value, or would leave all of it: then nothing may be given. `keyedToken` needs a key; see `createReleaseTokens`.
 */
export function maskValue(request: { mask: Exclude<ReleaseMask, "keyedToken">; value: JsonValue }): string | null {
  const { mask, value } = request;
  if (typeof value !== "string") return null;
  switch (mask) {
    case "last4":
      return lastFour(value);
    case "initial":
      return initialOf(value);
    case "yearOnly":
      return yearOf(value);
    case "countryOnly":
      return countryOf(value);
    case "domainOnly":
      return EMAIL.exec(value)?.[1] ?? null;
  }
}

/** A short text would be given away by half and more. */
function lastFour(value: string): string | null {
  const letters = Array.from(value);
  return letters.length < LEAST_FOR_LAST_4 ? null : `${HIDDEN}${letters.slice(-4).join("")}`;
}

function initialOf(value: string): string | null {
  const [first, second] = [...new Intl.Segmenter().segment(value.trim())].map(({ segment }) => segment);
  if (first === undefined || second === undefined || !/\p{L}/u.test(first)) return null;
  return `${first.toUpperCase()}.`;
}

function yearOf(value: string): string | null {
  const year = DATE.exec(value)?.[1] ?? null;
  // OpenID Connect writes 0000 for a year that was left out.
  return year === "0000" ? null : year;
}

function countryOf(value: string): string | null {
  return COUNTRY.test(value) ? value : (LOCALE.exec(value)?.[1]?.toUpperCase() ?? null);
}
