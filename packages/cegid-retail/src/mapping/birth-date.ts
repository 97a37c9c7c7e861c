import type { BirthDateData } from "../soap/data-contract.ts";

const BIRTHDATE = /^(\d{4})-(\d{2})-(\d{2})$/;
/** Stands in Y2 for a year that is not known, and in OpenID Connect `0000` does. */
const NO_YEAR = 1900;
const NO_BIRTHDAY: BirthDateData = { BirthDateDay: 1, BirthDateMonth: 1, BirthDateYear: NO_YEAR };
/** Leap, so that a 29th of February without a year is one. */
const ANY_YEAR = 2000;

/** Null clears. Undefined for what Y2 cannot hold: a year alone, one before 1901, a 1st of January without a year. */
export function toBirthDate(birthdate: string | null): BirthDateData | undefined {
  if (birthdate === null) return NO_BIRTHDAY;
  const [year = 0, month = 0, day = 0] = (BIRTHDATE.exec(birthdate) ?? []).slice(1).map(Number);
  if (month === 0 || day === 0 || (year !== 0 && year <= NO_YEAR)) return undefined;
  const date = new Date(Date.UTC(year === 0 ? ANY_YEAR : year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  if (year === 0 && month === 1 && day === 1) return undefined;
  return { BirthDateDay: day, BirthDateMonth: month, BirthDateYear: year === 0 ? NO_YEAR : year };
}

/** `YYYY-MM-DD`, the year 0000 where it is not known; null where there is no birthday. */
export function fromBirthDate(data: BirthDateData | null | undefined): string | null {
  const { BirthDateDay: day, BirthDateMonth: month, BirthDateYear: year } = data ?? {};
  if (typeof day !== "number" || typeof month !== "number" || day < 1 || month < 1) return null;
  const isYearKnown = typeof year === "number" && year > NO_YEAR;
  if (!isYearKnown && day === 1 && month === 1) return null;
  const pad = (value: number, length: number): string => String(value).padStart(length, "0");
  return `${pad(isYearKnown ? year : 0, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}
